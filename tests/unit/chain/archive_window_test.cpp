// SPDX-License-Identifier: Apache-2.0
// An archive that forgets what is buried, beside the plain ledgers of a builder: whatever was
// forgotten, whenever it was started anew, it judges every block as they do.
#include <gtest/gtest.h>

#include <set>

#include "chain/archive.hpp"
#include "tests/seeds.hpp"
#include "tests/unit/chain/shared_archive.hpp"

namespace bezant {
namespace {

using test::ChainBuilder;
using test::CountingVerifier;

/// A storage that has the builder's blocks, and its coins after one of them.
class BuilderStorage final : public StoredFacts {
public:
    explicit BuilderStorage(const ChainBuilder& builder) : builder_(builder) {}

    void store(std::size_t block) { stored_.insert(block); }
    void move_to(std::size_t tip) { tip_ = tip; }
    [[nodiscard]] std::size_t tip() const { return tip_; }
    [[nodiscard]] const std::set<std::size_t>& blocks() const { return stored_; }

    [[nodiscard]] std::optional<Coin> coin(const OutPoint& outpoint) const override {
        const CoinLookup found = builder_[tip_].coins.find(outpoint);
        return found.state == CoinState::unspent ? std::optional{found.coin} : std::nullopt;
    }
    [[nodiscard]] std::optional<Block> block(const BlockHash& hash) const override {
        const auto number = find(hash);
        return number ? std::optional{builder_[*number].block} : std::nullopt;
    }
    [[nodiscard]] std::optional<std::vector<SpentCoin>> spent_by(
        const BlockHash& hash) const override {
        const auto number = find(hash);
        if (!number || !builder_.is_ancestor(*number, tip_)) return std::nullopt;
        return builder_[*number].effect.spent;
    }

private:
    [[nodiscard]] std::optional<std::size_t> find(const BlockHash& hash) const {
        for (const std::size_t number : stored_)
            if (builder_[number].hash == hash) return number;
        return std::nullopt;
    }

    const ChainBuilder& builder_;
    std::set<std::size_t> stored_{0};
    std::size_t tip_ = 0;
};

/// A deployed node's archive and what drives it: stores what is valid, follows the most work.
class Deployed {
public:
    explicit Deployed(const ChainBuilder& builder) : builder_(builder), storage_(builder) {
        start();
    }

    [[nodiscard]] Archive& archive() { return *archive_; }
    [[nodiscard]] BlockIndex index(std::size_t block) const {
        return *archive_->blocks().find(builder_[block].hash);
    }
    [[nodiscard]] std::size_t tip() const { return storage_.tip(); }

    /// A block arrives whose parent is here, and is judged.
    const Rejection* take(std::size_t block) {
        const BlockIndex added = *archive_->add_block(builder_[block].block);
        const Rejection* fault = archive_->block_fault(added);
        if (fault != nullptr) return fault;
        storage_.store(block);
        archive_->note_stored(added);
        if (builder_[block].work > builder_[storage_.tip()].work) {
            storage_.move_to(block);
            archive_->note_stored_tip(added);
        }
        return nullptr;
    }

    void forget(Height height) {
        HeldFacts held;
        held.hold_all(held_payments_);
        archive_->forget_buried(height, held);
    }

    /// Somebody names a transaction, and holds it for some time.
    TransactionIndex hear_of(const Transaction& transaction) {
        const TransactionIndex heard = archive_->add_transaction(transaction);
        if (held_payments_.size() >= 3) held_payments_.erase(held_payments_.begin());
        held_payments_.push_back(heard);
        return heard;
    }
    [[nodiscard]] const std::vector<TransactionIndex>& held() const { return held_payments_; }

    /// A neighbour asks for a stored block.
    void serve(Random& random) {
        const auto block =
            std::ranges::next(storage_.blocks().begin(),
                              static_cast<std::ptrdiff_t>(random.below(storage_.blocks().size())));
        archive_->load(index(*block));
        ASSERT_EQ(archive_->assemble(index(*block)), builder_[*block].block);
    }

    void restart() {
        held_payments_.clear();
        start();
    }

private:
    void start() {
        archive_.reset();
        archive_.emplace(builder_.parameters(), verifier_, Archive::Backing{.stored = &storage_});
        for (const std::size_t block : storage_.blocks()) {
            const BlockEffect& effect = builder_[block].effect;
            archive_->recall(builder_[block].block.header,
                             {.fees = effect.fees,
                              .issued = effect.issued,
                              .destroyed = effect.destroyed,
                              .supply = builder_[block].coins.unspent_sum()});
        }
        archive_->resume_above(index(storage_.tip()));
    }

    const ChainBuilder& builder_;
    BuilderStorage storage_;
    CountingVerifier verifier_;
    std::optional<Archive> archive_;
    std::vector<TransactionIndex> held_payments_;
};

/// That a coin was spent may be forgotten; then it is unknown.
Reason without_memory(Reason reason) {
    return reason == Reason::coin_already_spent ? Reason::unknown_coin : reason;
}

void expect_same_verdict(const ChainBuilder& builder, std::size_t block, const Rejection* got) {
    ASSERT_EQ(got == nullptr, builder[block].is_valid());
    if (got != nullptr && builder[block].fault && builder[block].root == block) {
        ASSERT_EQ(without_memory(got->reason), without_memory(builder[block].fault->reason));
    }
}

void expect_coins_after_tip(const ChainBuilder& builder, Deployed& node) {
    const auto coins = node.archive().coins_at(node.index(node.tip()));
    const CoinTable& table = node.archive().coins();
    for (const auto& [outpoint, expected] : builder[node.tip()].coins.all()) {
        const auto index = table.find(outpoint);
        if (!index) continue;
        const CoinLookup got = coins.at(*index);
        ASSERT_EQ(got.state == CoinState::unspent, expected.state == CoinState::unspent);
        if (got.state == CoinState::unspent) {
            ASSERT_EQ(got.coin, expected.coin);
        }
    }
}

/// Blocks whose parents are here, some of them far below the tip.
std::optional<std::size_t> pick_block(const ChainBuilder& builder, Random& random,
                                      const std::vector<bool>& here) {
    std::vector<std::size_t> ready;
    for (std::size_t block = 1; block < builder.size(); ++block)
        if (!here[block] && here[builder[block].parent]) ready.push_back(block);
    if (ready.empty()) return std::nullopt;
    return random.pick(ready);
}

TEST(ArchiveWindow, JudgesAsAnArchiveThatForgetsNothing) {
    for (std::uint64_t seed = 1; seed <= test::seeds_to_try(80); ++seed) {
        SCOPED_TRACE(seed);
        ChainBuilder builder{seed};
        builder.grow_tree(60, 10);
        Random random{seed};
        Deployed node{builder};
        std::vector<bool> here(builder.size());
        here[0] = true;
        while (const auto block = pick_block(builder, random, here)) {
            here[*block] = true;
            // After a restart, bad blocks are not known any longer.
            const auto header = node.archive().add_header(builder[*block].block.header);
            if (header && node.archive().header_fault(*header) == nullptr) {
                ASSERT_NO_FATAL_FAILURE(expect_same_verdict(builder, *block, node.take(*block)));
            }
            if (!builder.payments().empty() && random.chance(1, 2))
                node.hear_of(random.pick(builder.payments()));
            if (random.chance(1, 3))
                node.forget(Height{static_cast<std::uint32_t>(
                    random.below(builder[node.tip()].height.value + std::uint64_t{1}))});
            if (random.chance(1, 4)) node.serve(random);
            if (random.chance(1, 15)) node.restart();
            ASSERT_NO_FATAL_FAILURE(expect_coins_after_tip(builder, node));
        }
    }
}

TEST(ArchiveWindow, WhatIsHeldStays) {
    for (std::uint64_t seed = 1; seed <= test::seeds_to_try(20); ++seed) {
        ChainBuilder builder{seed};
        builder.grow_tree(30);
        Deployed node{builder};
        for (std::size_t block = 1; block < builder.size(); ++block) node.take(block);
        const Transaction& payment = builder.payments().back();
        const TransactionIndex held = node.hear_of(payment);
        node.forget(builder[node.tip()].height);
        const TransactionFact& fact = node.archive().transactions()[held];
        ASSERT_EQ(fact.transaction, payment);
        for (std::size_t i = 0; i < fact.creates.size(); ++i)
            ASSERT_EQ(*node.archive().coins().output(fact.creates[i]), payment.outputs[i]);
        for (std::size_t i = 0; i < fact.spends.size(); ++i)
            ASSERT_EQ(node.archive().coins().outpoint(fact.spends[i]), payment.inputs[i].previous);
    }
}

TEST(ArchiveWindow, MemoryHoldsTheWindowAlone) {
    ChainBuilder builder{7};
    Deployed node{builder};
    std::size_t tip = 0;
    std::size_t transactions_max = 0;
    for (int i = 0; i < 200; ++i) {
        node.take(builder.grow_bad(tip));
        tip = builder.grow(tip);
        ASSERT_EQ(node.take(tip), nullptr);
        if (builder[tip].height.value > 5) node.forget(Height{builder[tip].height.value - 5});
        transactions_max = std::max(transactions_max, node.archive().transactions().size());
    }
    EXPECT_LT(transactions_max, 50U) << "six blocks of at most four transactions, and bad ones";
    EXPECT_LT(node.archive().coins().size(), 200U);
}

TEST(ArchiveWindow, GivesBuriedBlocksBackAndWhatTheyDid) {
    ChainBuilder builder{8};
    builder.grow_tree(40);
    Deployed node{builder};
    for (std::size_t block = 1; block < builder.size(); ++block) {
        node.take(block);
        ASSERT_EQ(node.archive().effect_of(node.index(block)), builder[block].effect);
    }
    node.forget(builder[node.tip()].height);
    for (std::size_t block = 0; block < builder.size(); ++block) {
        ASSERT_TRUE(node.archive().has_body(node.index(block)));
        node.archive().load(node.index(block));
        ASSERT_EQ(node.archive().assemble(node.index(block)), builder[block].block);
        ASSERT_EQ(node.archive().sums(node.index(block)).supply,
                  builder[block].coins.unspent_sum());
    }
}

TEST(ArchiveWindow, EveryUnspentCoinIsFoundThoughItWasForgotten) {
    for (std::uint64_t seed = 1; seed <= test::seeds_to_try(20); ++seed) {
        ChainBuilder builder{seed};
        std::size_t tip = 0;
        for (int i = 0; i < 25; ++i) tip = builder.grow(tip);
        Deployed node{builder};
        for (std::size_t block = 1; block < builder.size(); ++block) node.take(block);
        node.restart();
        const auto coins = node.archive().coins_at(node.index(node.tip()));
        for (const auto& [outpoint, expected] : builder[node.tip()].coins.all()) {
            const auto found = node.archive().find_coin(outpoint);
            const CoinLookup got = found ? coins.at(*found) : CoinLookup{};
            ASSERT_EQ(got.state == CoinState::unspent, expected.state == CoinState::unspent);
            if (got.state == CoinState::unspent) {
                ASSERT_EQ(got.coin, expected.coin);
            }
        }
        const std::size_t known = node.archive().coins().size();
        EXPECT_EQ(node.archive().find_coin(OutPoint{}), std::nullopt);
        EXPECT_EQ(node.archive().coins().size(), known) << "questions leave nothing behind";
    }
}

TEST(ArchiveWindow, AReorganisationBelowTheWindowIsJudgedRight) {
    for (std::uint64_t seed = 1; seed <= test::seeds_to_try(30); ++seed) {
        ChainBuilder builder{seed};
        std::size_t fork = 0;
        for (int i = 0; i < 5; ++i) fork = builder.grow(fork);
        std::size_t first = fork;
        for (int i = 0; i < 20; ++i) first = builder.grow(first);
        std::size_t second = fork;
        for (int i = 0; i < 25; ++i) second = builder.grow(second);
        Deployed node{builder};
        for (std::size_t block = 1; block < builder.size(); ++block) {
            ASSERT_EQ(node.take(block), nullptr);
            if (block == first) {
                node.forget(builder[first].height);
                EXPECT_EQ(node.archive().window_edge(), node.index(first));
            }
        }
        EXPECT_EQ(node.tip(), second);
        EXPECT_EQ(node.archive().window_edge(), node.index(fork));
        expect_coins_after_tip(builder, node);
    }
}

}  // namespace
}  // namespace bezant
