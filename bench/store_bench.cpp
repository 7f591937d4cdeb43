// SPDX-License-Identifier: Apache-2.0
// What a block costs the store, while the number of coins in existence grows: its coins are read,
// those that it creates are looked for in vain, and all that it changes is written and synced. The
// figure to look at is the time of a block: it must not grow with the number of coins. Then what an
// index of transactions and addresses costs beside that: in time, and on the disk.
#include <benchmark/benchmark.h>

#include <cstring>
#include <filesystem>

#include "base/random.hpp"
#include "storage/index_draft.hpp"
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

/// An index, and blocks whose payments go to addresses that were never used before.
class Index {
public:
    Index() : ledger_(open()) {
        for (std::uint64_t coins = 0; coins < 50 * coins_per_block; coins += coins_per_block) {
            prepare(0);
            connect();
        }
    }

    /// The next block, whose payments spend so many coins each.
    void prepare(std::size_t inputs) {
        block_ = {};
        block_.header.previous = tip_;
        spent_.clear();
        std::vector<SpentCoin> created;
        for (std::uint64_t i = 0; i < payments_per_block; ++i) add_payment(inputs, created);
        unspent_.insert(unspent_.end(), created.begin(), created.end());
    }

    /// The sync is not the index's: it is done for the block in any case.
    void connect() {
        Database::Batch batch{ledger_->database()};
        IndexDraft draft{ledger_->database(), tip_};
        BlockHash hash;
        height_ = next(height_);
        std::memcpy(hash.data(), &height_.value, sizeof(height_.value));
        draft.connect({.hash = hash, .height = height_, .block = block_, .spent = spent_}, batch);
        CHECK(ledger_->database().write(std::move(batch)), "a benchmark's disk can be written");
        tip_ = draft.tip();
    }

    /// When what was written is sorted into files.
    [[nodiscard]] std::uintmax_t bytes_on_disk() {
        ledger_.reset();
        ledger_ = open();
        std::uintmax_t bytes = 0;
        for (const auto& file : std::filesystem::directory_iterator{folder_.file("store")})
            bytes += file.file_size();
        return bytes;
    }

private:
    std::unique_ptr<StoredLedger> open() {
        return StoredLedger::open(folder_.file("store"), *built_in_parameters("local"),
                                  {.cache_bytes = std::size_t{32} << 20U, .synced = false})
            .value();
    }

    [[nodiscard]] SpentCoin take_coin() {
        SpentCoin& chosen = unspent_[random_.below(unspent_.size())];
        const SpentCoin taken = chosen;
        chosen = unspent_.back();
        unspent_.pop_back();
        return taken;
    }

    void add_payment(std::size_t inputs, std::vector<SpentCoin>& created) {
        Transaction payment;
        for (std::size_t i = 0; i < inputs; ++i) {
            spent_.push_back(take_coin());
            payment.inputs.emplace_back().previous = spent_.back().outpoint;
        }
        for (int i = 0; i < 2; ++i)
            payment.outputs.push_back({Amount{1}, coin_of(++drawn_).coin.output.owner});
        const TransactionId id = transaction_id(payment);
        for (std::uint32_t i = 0; i < 2; ++i)
            created.push_back({{id, i}, {payment.outputs[i], next(height_), false}});
        block_.transactions.push_back(std::move(payment));
    }

    test::TemporaryFolder folder_;
    std::unique_ptr<StoredLedger> ledger_;
    Random random_{1};
    std::vector<SpentCoin> unspent_;
    std::uint64_t drawn_ = 0;
    Block block_;
    std::vector<SpentCoin> spent_;
    BlockHash tip_;
    Height height_;
};

/// What an index does for a block of 1,000 payments with two coins in and two out.
void index_of_1000_payments(benchmark::State& state) {
    Index index;
    const std::uintmax_t before = index.bytes_on_disk();
    for (auto _ : state) {
        state.PauseTiming();
        index.prepare(2);
        state.ResumeTiming();
        index.connect();
    }
    const auto grown = static_cast<double>(index.bytes_on_disk() - before);
    state.counters["bytes/payment"] =
        grown / (static_cast<double>(state.iterations()) * payments_per_block);
}
BENCHMARK(index_of_1000_payments)->Iterations(500)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace bezant::storage
