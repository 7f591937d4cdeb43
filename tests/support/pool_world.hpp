// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <initializer_list>
#include <vector>

#include "chain/archive.hpp"
#include "chain/local_chain.hpp"
#include "mempool/block_template.hpp"
#include "mempool/mempool.hpp"
#include "tests/support/block_builder.hpp"
#include "tests/support/keys.hpp"

namespace bezant::test {

/// One participant's chain and pool on a network where blocks need no work, with a person who owns
/// many coins of 1 BZT.
class PoolWorld {
public:
    explicit PoolWorld(MempoolLimits limits = {}, std::size_t coins = 200)
        : owner("owner"),
          archive(network(owner, coins), verifier_),
          chain(archive),
          pool(archive, limits) {}

    /// The owner's coin of this number in the genesis block.
    [[nodiscard]] Spend coin(std::uint32_t number) const {
        return coin_of(archive.parameters().genesis.transactions.front(), number, owner);
    }

    /// A payment of these coins to whom, in equal outputs, that leaves this fee in units.
    [[nodiscard]] Transaction payment(std::vector<Spend> spends, std::uint64_t fee,
                                      const Person& to, std::uint64_t outputs = 1) const {
        std::uint64_t sum = 0;
        for (const Spend& spend : spends) sum += spend.coin.amount.value;
        const std::vector<Output> list(outputs, Output{Amount{(sum - fee) / outputs}, to.owner});
        return make_payment(spends, list, archive.parameters());
    }

    TransactionIndex archived(const Transaction& transaction) {
        return archive.add_transaction(transaction);
    }

    Result<Admission, Refusal> offer(const Transaction& transaction) {
        return pool.add(archived(transaction), chain.tip());
    }

    /// A block on this parent with these payments, taken in by the chain; the pool follows.
    PoolChange extend(BlockIndex parent, std::vector<Transaction> payments,
                      std::uint64_t fees = 0) {
        const BlockNode& node = archive.blocks()[parent];
        const Block block =
            make_block({node.hash, next(node.height), node.header.time + ++seconds_,
                        archive.parameters().target_limit},
                       miner, std::move(payments), Amount{fees}, archive.parameters());
        const auto index = archive.add_block(block);
        CHECK(index, "the test's blocks are well-formed");
        last_block = *index;
        CHECK(chain.accept_header(*index, from_unix_seconds(node.header.time)),
              "headers are valid");
        const auto change = chain.accept_body(*index);
        CHECK(change, "the test's blocks are valid");
        return change->moved() ? pool.follow(*change) : PoolChange{};
    }

    Person owner;
    Person miner{"miner"};
    Archive archive;
    LocalChain chain;
    Mempool pool;
    BlockIndex last_block = genesis_index;

private:
    static Parameters network(const Person& owner, std::size_t coins) {
        const std::vector<Output> allocation(coins, Output{bezants(1), owner.owner});
        auto parameters = built_in_parameters("local", allocation);
        CHECK(parameters, "local is built in");
        return *parameters;
    }

    DirectVerifier verifier_;
    std::uint32_t seconds_ = 0;  ///< makes sibling blocks differ
};

}  // namespace bezant::test
