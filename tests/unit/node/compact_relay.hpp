// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "node/compact_block.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::test {

inline TestNetwork::Settings compact_settings() {
    TestNetwork::Settings settings;
    settings.options.block_relay = BlockRelay::compact;
    return settings;
}

/// A participant that relays compact blocks, and strangers who read them.
class CompactRelay : public testing::Test {
protected:
    std::string dropped_for() {
        const auto dropped = network.effects(0).of_kind("peer_dropped");
        return dropped.empty() ? "" : dropped.back().detail;
    }
    /// Somebody who reads compact blocks.
    std::shared_ptr<Stranger> reader() {
        auto stranger = network.stranger(0);
        network.says(*stranger, SendCompact{.unasked = false});
        return stranger;
    }
    /// One who has sent us the tip and is therefore asked to send what comes next unasked.
    std::shared_ptr<Stranger> sender() {
        auto stranger = reader();
        tells(*stranger, network.tip(0));
        gives_whole(*stranger, network.block_on(network.tip(0)));
        return stranger;
    }
    void tells(Stranger& stranger, BlockIndex block) {
        network.says(stranger, Headers{.headers = {block}});
    }
    void gives_whole(Stranger& stranger, BlockIndex block) {
        network.says(stranger, BlockMessage{.block = block});
    }
    [[nodiscard]] CompactBlock compact(BlockIndex block) {
        return make_compact_block(network.archive(), block, ++nonce);
    }
    /// A payment that the participant holds in its pool.
    Transaction held_payment(std::size_t coin) {
        Transaction payment = network.payment(0, coin, TestNetwork::person(9).owner);
        network.happen(0, PaymentSubmitted{network.archive().add_transaction(payment)});
        return payment;
    }
    Transaction unknown_payment(std::size_t coin) {
        return network.payment(0, coin, TestNetwork::person(9).owner);
    }
    /// A block of these payments on the tip.
    BlockIndex block_of(std::vector<Transaction> payments) {
        const Amount fees{payments.size() * TestNetwork::payment_fee.value};
        return network.block_on(network.tip(0), std::move(payments), fees);
    }
    static std::vector<Transaction> body(std::initializer_list<Transaction> payments) {
        return payments;
    }

    std::uint64_t nonce = 0;
    TestNetwork network{1, compact_settings()};
};

}  // namespace bezant::test
