// SPDX-License-Identifier: Apache-2.0
// Whether blocks travel whole or compact makes no difference to the ledger.
#include <gtest/gtest.h>

#include "tests/seeds.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

/// The same payments and blocks, ordered at the same moments by the same people.
class Story {
public:
    Story(std::uint64_t seed, BlockRelay relay) : random_(seed), network_(6, settings(relay)) {
        network_.line();
        network_.connect(0, 3);
        network_.connect(1, 5);
        network_.run_for(seconds(1));
    }
    std::vector<BlockHash> tell() {
        std::vector<BlockHash> tips;
        for (int round = 0; round < 12; ++round) {
            for (std::uint64_t left = random_.below(8); left > 0; --left) pay();
            network_.run_for(seconds(5));
            network_.mine(random_.below(network_.size()));
            network_.run_for(seconds(5));
            EXPECT_TRUE(network_.agreed());
            tips.push_back(network_.archive().blocks()[network_.tip(0)].hash);
        }
        return tips;
    }
    std::size_t dropped() {
        std::size_t count = 0;
        for (std::size_t i = 0; i < network_.size(); ++i)
            count += network_.effects(i).of_kind("peer_dropped").size();
        return count;
    }

private:
    static TestNetwork::Settings settings(BlockRelay relay) {
        TestNetwork::Settings settings;
        settings.options.block_relay = relay;
        return settings;
    }
    void pay() {
        const std::size_t payer = random_.below(network_.size());
        const std::size_t payee = random_.below(network_.size());
        // No two pay alike: at equal rates the order of arrival would decide.
        network_.pay(payer, TestNetwork::person(payee).owner, Amount{1 + random_.below(1'000'000)},
                     Amount{1'000'000 + 1'009 * ++paid_});
    }

    Random random_;
    TestNetwork network_;
    std::uint64_t paid_ = 0;
};

TEST(BlockRelays, EndWithTheSameLedger) {
    for (std::uint64_t seed = 1; seed <= seeds_to_try(20); ++seed) {
        Story headers{seed, BlockRelay::headers};
        Story compact{seed, BlockRelay::compact};
        EXPECT_EQ(headers.tell(), compact.tell()) << "seed " << seed;
        EXPECT_EQ(compact.dropped(), 0U);
    }
}

}  // namespace
}  // namespace bezant::test
