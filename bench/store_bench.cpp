// SPDX-License-Identifier: Apache-2.0
// What a block costs the store, while the number of coins in existence grows: its coins are read,
// those that it creates are looked for in vain, and all that it changes is written and synced. The
// figure to look at is the time of a block: it must not grow with the number of coins.
#include <benchmark/benchmark.h>

#include <cstring>

#include "base/random.hpp"
#include "storage/stored_ledger.hpp"
#include "tests/support/temporary_folder.hpp"

namespace bezant::storage {
namespace {

constexpr std::uint64_t payments_per_block = 1'000;
constexpr std::uint64_t coins_per_block = 2 * payments_per_block;

/// The coin that was created as this number; where it lies is as random as a hash.
SpentCoin coin_of(std::uint64_t number) {
    Random random{number};
    SpentCoin coin;
    for (std::size_t i = 0; i < TransactionId::size_bytes; i += sizeof(std::uint64_t)) {
        const std::uint64_t word = random.next();
        std::memcpy(coin.outpoint.transaction.data() + i, &word, sizeof(word));
        std::memcpy(coin.coin.output.owner.data() + i, &word, sizeof(word));
    }
    coin.coin.output.amount = Amount{number};
    return coin;
}

/// A store in which coins are created and spent block by block.
class Ledger {
public:
    explicit Ledger(std::uint64_t coins)
        : ledger_(
              StoredLedger::open(folder_.file("store"), *built_in_parameters("local"), options())
                  .value()) {
        for (std::uint64_t i = 0; i < coins; ++i) unspent_.push_back(created_++);
        for (std::uint64_t at = 0; at < coins; at += 50 * coins_per_block) {
            BlockEffect effect;
            for (std::uint64_t i = at; i < std::min(coins, at + 50 * coins_per_block); ++i)
                effect.created.push_back(coin_of(i));
            commit(effect);
        }
    }

    void block() {
        BlockEffect effect;
        for (std::uint64_t i = 0; i < coins_per_block; ++i) {
            std::uint64_t& chosen = unspent_[random_.below(unspent_.size())];
            const OutPoint outpoint = coin_of(chosen).outpoint;
            effect.spent.push_back({.outpoint = outpoint, .coin = ledger_->coin(outpoint).value()});
            chosen = unspent_.back();
            unspent_.pop_back();
        }
        for (std::uint64_t i = 0; i < coins_per_block; ++i) {
            effect.created.push_back(coin_of(created_));
            benchmark::DoNotOptimize(ledger_->coin(effect.created.back().outpoint));
            unspent_.push_back(created_++);
        }
        commit(effect);
    }

private:
    static DatabaseOptions options() {
        DatabaseOptions options;
        options.cache_bytes = std::size_t{32} << 20U;
        return options;
    }

    void commit(const BlockEffect& effect) {
        Database::Batch batch{ledger_->database()};
        BlockHash hash;
        std::memcpy(hash.data(), &++blocks_, sizeof(blocks_));
        CoinChanges coins;
        connect(batch, coins, hash, effect, Height{});
        std::move(coins).write_to(batch);
        CHECK(ledger_->database().write(std::move(batch)), "a benchmark's disk can be written");
    }

    test::TemporaryFolder folder_;
    std::unique_ptr<StoredLedger> ledger_;
    Random random_{1};
    std::vector<std::uint64_t> unspent_;
    std::uint64_t created_ = 0;
    std::uint64_t blocks_ = 0;
};

/// A block of 1,000 payments with two coins in and two out.
void block_of_1000_payments(benchmark::State& state) {
    Ledger ledger{static_cast<std::uint64_t>(state.range(0))};
    for (int warm = 0; warm < 20; ++warm) ledger.block();
    for (auto _ : state) ledger.block();
    state.counters["coins"] = static_cast<double>(state.range(0));
}
BENCHMARK(block_of_1000_payments)
    ->Arg(10'000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Arg(10'000'000)
    ->Iterations(200)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace bezant::storage
