// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "ledger/codec.hpp"
#include "rules/block_rules.hpp"
#include "rules/reason.hpp"
#include "tests/support/block_builder.hpp"
#include "tests/support/coin_map.hpp"
#include "tests/support/keys.hpp"

namespace bezant::test {

/// A valid block on a small ledger, for a test to break in one place.
///
/// Before: Alice holds 100 and Bob 50 from genesis; Miner holds a coinbase's 10 that are mature in
/// this block and 10 that are not; Alice has spent a coin of 7. The block, at height 21:
///   0  the coinbase, claiming subsidy and all fees
///   1  Alice pays Bob 60, herself 39.5, and 0.5 in fees
///   2  Bob pays Carol 59.9 of what he just got, and 0.1 in fees
///   3  Miner and Bob together pay Carol 30 and Alice 30
class Scene {
public:
    static constexpr Height height{21};
    static constexpr std::uint32_t maturity = 3;
    static constexpr std::uint32_t now = 1'800'000'000;

    static inline const Person alice{"alice"};
    static inline const Person bob{"bob"};
    static inline const Person carol{"carol"};
    static inline const Person miner{"miner"};

    Parameters parameters = network("local");
    ParentContext parent{Height{20}, now, now - 50};
    CoinMap coins;
    Spend alices_coin = before("alice", 100, alice, Height{0}, false);
    Spend bobs_coin = before("bob", 50, bob, Height{0}, false);
    Spend mature_coinbase = before("mature", 10, miner, Height{18}, true);
    Spend immature_coinbase = before("immature", 10, miner, Height{19}, true);
    Spend spent_coin = before("spent", 7, alice, Height{5}, false);
    Block block;

    Scene() {
        coins.spend(spent_coin.outpoint);
        Transaction first =
            pay({alices_coin}, {{bezants(60), bob.owner}, {units("39.5"), alice.owner}});
        Transaction second = pay({coin_of(first, 0, bob)}, {{units("59.9"), carol.owner}});
        Transaction third = pay({mature_coinbase, bobs_coin},
                                {{bezants(30), carol.owner}, {bezants(30), alice.owner}});
        block = make_block({BlockHash{sha256(as_bytes("parent")).bytes}, height, now,
                            next_target(parent, parameters)},
                           miner, {first, second, third}, units("0.6"), parameters);
    }

    static Parameters network(std::string_view name) {
        Parameters result = *built_in_parameters(
            name, std::array{Output{bezants(100), alice.owner}, Output{bezants(50), bob.owner}});
        result.coinbase_maturity = maturity;
        return result;
    }

    static Amount units(std::string_view bezants_text) { return *amount_from_text(bezants_text); }

    Transaction& coinbase() { return block.transactions.front(); }
    Transaction& payment(std::size_t position) { return block.transactions.at(position); }

    [[nodiscard]] Transaction pay(std::vector<Spend> spends, std::vector<Output> outputs,
                                  Height lock_height = {}) const {
        return make_payment(spends, std::move(outputs), parameters, lock_height);
    }

    /// A well-formed payment of this many coins that do not exist.
    [[nodiscard]] Transaction payment_of_inputs(std::size_t count) const {
        std::vector<Spend> spends(count, alices_coin);
        for (std::uint32_t i = 0; i < count; ++i) spends[i].outpoint.index = 1000 + i;
        return pay(std::move(spends), {{bezants(1), bob.owner}});
    }

    /// Replaces all payments, and claims no fees.
    void only(std::vector<Transaction> payments) {
        block.transactions.resize(1);
        coinbase().outputs = {{subsidy_at(height, parameters), miner.owner}};
        for (Transaction& transaction : payments)
            block.transactions.push_back(std::move(transaction));
    }

    /// What a miner can do to make an altered block look right again.
    void seal_again() { seal(block, miner, parameters); }
    void commit_and_mine() {
        commit(block);
        mine_again();
    }
    void mine_again() { mine(block.header); }

    [[nodiscard]] Result<BlockEffect, Rejection> check() const {
        DirectVerifier signatures;
        return check_block(block, parent, coins, parameters, signatures);
    }

private:
    Spend before(std::string_view name, std::uint64_t worth, const Person& owner, Height created,
                 bool is_coinbase) {
        const OutPoint outpoint{TransactionId{sha256(as_bytes(name)).bytes}, 7};
        const Output coin{bezants(worth), owner.owner};
        coins.add(outpoint, {coin, created, is_coinbase});
        return {outpoint, coin, &owner};
    }
};

}  // namespace bezant::test
