// SPDX-License-Identifier: Apache-2.0
// What a fact costs: where a block stands, what became of a coin, whether a payment is good, and a
// whole block beside the signatures in it.
#include <benchmark/benchmark.h>

#include <array>
#include <memory>
#include <vector>

#include "base/random.hpp"
#include "chain/archive.hpp"
#include "chain/local_chain.hpp"
#include "tests/support/block_builder.hpp"
#include "tests/support/keys.hpp"

namespace bezant {
namespace {

using test::Person;

/// A chain of headers with a stale block beside every fiftieth.
class LongTree {
public:
    explicit LongTree(std::uint32_t height) : tree_(genesis()) {
        for (std::uint32_t i = 0; i < height; ++i) {
            if (i % 50 == 0) grow(tip_);
            tip_ = grow(tip_);
        }
    }

    [[nodiscard]] const BlockTree& tree() const { return tree_; }
    void set_trunk() { tree_.set_trunk(tip_); }
    [[nodiscard]] BlockIndex tip() const { return tip_; }
    [[nodiscard]] BlockIndex any(Random& random) const {
        return BlockIndex{static_cast<std::uint32_t>(random.below(tree_.size()))};
    }

private:
    static BlockHeader genesis() { return built_in_parameters("local")->genesis.header; }

    BlockIndex grow(BlockIndex parent) {
        BlockHeader header = genesis();
        header.previous = tree_[parent].hash;
        header.nonce = ++nonce_;
        return *tree_.add(header);
    }

    BlockTree tree_;
    BlockIndex tip_ = genesis_index;
    std::uint32_t nonce_ = 0;
};

/// Is a block, anywhere in the tree, on the way to the tip?
void is_ancestor_anywhere(benchmark::State& state) {
    const LongTree tree{static_cast<std::uint32_t>(state.range(0))};
    Random random{1};
    std::vector<BlockIndex> blocks(4096);
    for (BlockIndex& block : blocks) block = tree.any(random);
    std::size_t i = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(tree.tree().is_ancestor(blocks[i++ % blocks.size()], tree.tip()));
}
BENCHMARK(is_ancestor_anywhere)->Arg(1000)->Arg(10'000)->Arg(100'000);

/// The same with the tip on the trunk, as it nearly always is.
void is_ancestor_on_trunk(benchmark::State& state) {
    LongTree tree{static_cast<std::uint32_t>(state.range(0))};
    tree.set_trunk();
    Random random{1};
    std::vector<BlockIndex> blocks(4096);
    for (BlockIndex& block : blocks) block = tree.any(random);
    std::size_t i = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(tree.tree().is_ancestor(blocks[i++ % blocks.size()], tree.tip()));
}
BENCHMARK(is_ancestor_on_trunk)->Arg(1000)->Arg(10'000)->Arg(100'000);

/// The same for one of the last hundred blocks, as coins being spent mostly are.
void is_ancestor_near(benchmark::State& state) {
    const LongTree tree{static_cast<std::uint32_t>(state.range(0))};
    Random random{1};
    std::vector<BlockIndex> blocks(4096);
    for (BlockIndex& block : blocks)
        block = BlockIndex{static_cast<std::uint32_t>(tree.tree().size() - 1 - random.below(100))};
    std::size_t i = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(tree.tree().is_ancestor(blocks[i++ % blocks.size()], tree.tip()));
}
BENCHMARK(is_ancestor_near)->Arg(1000)->Arg(100'000);

void add_header(benchmark::State& state) {
    BlockHeader header = built_in_parameters("local")->genesis.header;
    BlockTree tree{header};
    BlockIndex tip = genesis_index;
    for (auto _ : state) {
        header.previous = tree[tip].hash;
        tip = *tree.add(header);
    }
}
BENCHMARK(add_header);

constexpr std::size_t coins_in_genesis = 4000;

/// A chain of blocks without payments on a genesis of many coins, and a payment of each coin.
class Ledger {
public:
    explicit Ledger(int height) {
        for (int i = 0; i < height; ++i) tip_ = add_block({});
    }

    [[nodiscard]] Transaction pay(std::uint32_t coin) const {
        const std::array spends{test::coin_of(parameters_.genesis.transactions[0], coin, person_)};
        return test::make_payment(spends, {{bezants(1), person_.owner}}, parameters_);
    }

    /// A good block on the tip, not added.
    [[nodiscard]] Block block_with(std::vector<Transaction> payments) const {
        const ParentContext context = archive_.context_of(tip_);
        return test::make_block({archive_.blocks()[tip_].hash, next(context.height),
                                 context.time + 1, parameters_.target_limit},
                                person_, std::move(payments), Amount{0}, parameters_);
    }

    BlockIndex add_block(std::vector<Transaction> payments) {
        const BlockIndex block = *archive_.add_block(block_with(std::move(payments)));
        CHECK(archive_.block_fault(block) == nullptr, "the block is good");
        return block;
    }

    [[nodiscard]] Archive& archive() { return archive_; }
    [[nodiscard]] BlockIndex tip() const { return tip_; }

private:
    [[nodiscard]] Parameters make_parameters() const {
        const std::vector<Output> coins(coins_in_genesis, {bezants(1), person_.owner});
        return *built_in_parameters("local", coins);
    }

    Person person_{"somebody"};
    Parameters parameters_ = make_parameters();
    DirectVerifier verifier_;
    Archive archive_{parameters_, verifier_};
    BlockIndex tip_ = genesis_index;
};

void coin_at_tip(benchmark::State& state) {
    Ledger ledger{static_cast<int>(state.range(0))};
    Random random{1};
    const CoinsAtTip coins = ledger.archive().coins_at(ledger.tip());
    for (auto _ : state) {
        const CoinIndex coin{static_cast<std::uint32_t>(random.below(coins_in_genesis))};
        benchmark::DoNotOptimize(coins.at(coin));
    }
}
BENCHMARK(coin_at_tip)->Arg(100)->Arg(10'000);

/// What each participant pays to look at a payment that another has checked before.
void check_payment_again(benchmark::State& state) {
    Ledger ledger{static_cast<int>(state.range(0))};
    Archive& archive = ledger.archive();
    const Height height = next(archive.blocks()[ledger.tip()].height);
    std::vector<TransactionIndex> payments;
    for (std::uint32_t coin = 0; coin < 1000; ++coin) {
        payments.push_back(archive.add_transaction(ledger.pay(coin)));
        CHECK(archive.check_payment_on(payments.back(), height, archive.coins_at(ledger.tip())),
              "the payment is good");
    }
    std::size_t i = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(archive.check_payment_on(payments[i++ % payments.size()], height,
                                                          archive.coins_at(ledger.tip())));
}
BENCHMARK(check_payment_again)->Arg(100)->Arg(10'000);

constexpr std::uint32_t payments_in_block = 1000;

/// Taking in and judging a block whose payments nobody has seen; a fresh archive each time. Time is
/// a payment's.
void judge_block(benchmark::State& state) {
    std::size_t payments = 0;
    for (auto _ : state) {
        state.PauseTiming();
        auto ledger = std::make_unique<Ledger>(1);
        std::vector<Transaction> all;
        for (std::uint32_t coin = 0; coin < payments_in_block; ++coin)
            all.push_back(ledger->pay(coin));
        const Block block = ledger->block_with(std::move(all));
        if (state.range(0) == 1) {
            for (std::size_t i = 1; i < block.transactions.size(); ++i)
                (void)ledger->archive().check_payment_on(
                    ledger->archive().add_transaction(block.transactions[i]), Height{2},
                    ledger->archive().coins_at(ledger->tip()));
        }
        state.ResumeTiming();
        const BlockIndex index = *ledger->archive().add_block(block);
        CHECK(ledger->archive().block_fault(index) == nullptr, "the block is good");
        state.PauseTiming();
        payments += payments_in_block;
        ledger.reset();
        state.ResumeTiming();
    }
    state.counters["per_payment"] = benchmark::Counter(
        static_cast<double>(payments), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(judge_block)->ArgName("payments_seen_before")->Arg(0)->Arg(1);

/// The signatures alone, to compare with.
void verify_signature(benchmark::State& state) {
    const Person somebody{"somebody"};
    const Hash256 message = sha256(as_bytes("message"));
    const Signature signature = somebody.key.sign(message.view());
    for (auto _ : state)
        benchmark::DoNotOptimize(verify(somebody.public_key, message.view(), signature));
}
BENCHMARK(verify_signature);

/// What a block costs one more participant on the same archive: header, body, new tip.
void participant_takes_block(benchmark::State& state) {
    constexpr std::uint32_t length = 2000;
    Ledger ledger{length};
    std::vector<BlockIndex> blocks;
    for (std::uint32_t i = 1; i <= length; ++i)
        blocks.push_back(ledger.archive().blocks().ancestor(ledger.tip(), Height{i}));
    constexpr Time late = from_unix_seconds(4'000'000'000);
    for (auto _ : state) {
        LocalChain participant{ledger.archive()};
        for (const BlockIndex block : blocks) {
            (void)participant.accept_header(block, late);
            benchmark::DoNotOptimize(participant.missing_bodies(16));
            (void)participant.accept_body(block);
        }
    }
    state.counters["per_block"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * length,
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(participant_takes_block);

}  // namespace
}  // namespace bezant
