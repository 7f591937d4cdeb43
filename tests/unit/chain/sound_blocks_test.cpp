// SPDX-License-Identifier: Apache-2.0
// Blocks of which something was found out beforehand beside the rules gone through in order.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "chain/archive.hpp"
#include "rules/sound_payment.hpp"
#include "tests/seeds.hpp"
#include "tests/support/broken_payment.hpp"
#include "tests/support/chain_builder.hpp"

namespace bezant {
namespace {

using test::ChainBuilder;

/// Finds out in its turn, and counts.
class PlainChecks final : public PaymentChecks {
public:
    explicit PlainChecks(const Parameters& parameters) : parameters_(parameters) {}

    void find_out(std::span<PaymentCheck> checks) override {
        for (PaymentCheck& each : checks) {
            each.fee = fee_if_sound(*each.payment, each.spent, parameters_,
                                    maximum_supply(parameters_), verifier_);
        }
        count += checks.size();
    }

    std::size_t count = 0;

private:
    const Parameters& parameters_;
    DirectVerifier verifier_;
};

/// A block with as many payments as there are coins for, one broken in some way, or none.
class BlockBreaker {
public:
    BlockBreaker(ChainBuilder& builder, Random& random) : builder_(builder), random_(random) {}

    Block child_of(std::size_t parent) {
        Block block = builder_[builder_.grow(parent, 6)].block;
        if (block.transactions.size() < 2) return block;
        const std::size_t place = 1 + random_.below(block.transactions.size() - 1);
        break_somewhere(block, place);
        if (random_.chance(9, 10)) {
            test::sign_coinbase(block, miner_of(block), builder_.parameters());
            test::commit(block);
        }
        test::mine(block.header);
        return block;
    }

private:
    // One of the builder's people, unless the coinbase was broken.
    static const test::Person& miner_of(const Block& block) {
        static const std::array<test::Person, 4> people{test::Person{"alice"}, test::Person{"bob"},
                                                        test::Person{"carol"},
                                                        test::Person{"dave"}};
        const auto found =
            std::ranges::find(people, block.transactions.front().inputs.front().public_key,
                              &test::Person::public_key);
        return found == people.end() ? people.front() : *found;
    }

    void break_somewhere(Block& block, std::size_t place) {
        std::vector<Transaction>& all = block.transactions;
        Transaction& payment = all[place];
        const std::uint64_t way = random_.below(test::ways_to_break_a_payment + 6);
        test::break_payment(payment, way);
        switch (way) {
            case 8:
                all.push_back(Transaction{payment});
                break;
            case 9:
                std::swap(payment, all.back());
                break;
            case 10:
                all.push_back(Transaction{all.front()});
                break;
            case 11:
                all.front().outputs.push_back({Amount{1}, payment.outputs[0].owner});
                break;
            case 12:
                all.front().lock_height = next(all.front().lock_height);
                break;
            default:
                break;
        }
    }

    ChainBuilder& builder_;
    Random& random_;
};

/// What might be found out about the block beforehand: of each payment or of some.
BlockFindings findings_of(const Block& block, Archive& archive, Random& random) {
    DirectVerifier verifier;
    BlockFindings found = identify(block);
    for (std::size_t i = 1; i < block.transactions.size(); ++i) {
        std::vector<Output> spent;
        for (const Input& input : block.transactions[i].inputs) {
            const auto coin = archive.find_coin(input.previous);
            const Output* output = coin ? archive.coins().output(*coin) : nullptr;
            if (output != nullptr) spent.push_back(*output);
        }
        if (spent.size() != block.transactions[i].inputs.size() || random.chance(1, 3)) continue;
        found.fees[i] = fee_if_sound(block.transactions[i], spent, archive.parameters(),
                                     maximum_supply(archive.parameters()), verifier);
    }
    return found;
}

std::string said_of(const Rejection* fault) { return fault == nullptr ? "" : to_text(*fault); }

TEST(SoundBlocks, GetTheVerdictAndTheFirstReasonThatTheRulesGiveInOrder) {
    std::set<std::string> reasons;
    std::size_t good = 0;
    for (std::uint64_t seed = 1; seed <= std::max<std::uint64_t>(20, test::seeds_to_try(20));
         ++seed) {
        SCOPED_TRACE(seed);
        ChainBuilder builder{seed};
        builder.grow_tree(20);
        Random random{seed};
        BlockBreaker breaker{builder, random};
        DirectVerifier verifier;
        PlainChecks checks{builder.parameters()};
        Archive archive{builder.parameters(), verifier, {.checks = &checks}};
        std::vector<BlockIndex> indices{genesis_index};
        for (std::size_t i = 1; i < 20; ++i) {
            indices.push_back(*archive.add_block(builder[i].block));
            ASSERT_EQ(archive.block_fault(indices.back()), nullptr);
        }
        for (int i = 0; i < 30; ++i) {
            const std::size_t parent = 10 + random.below(10);
            const Block block = breaker.child_of(parent);
            const BlockFindings found = findings_of(block, archive, random);
            const auto index = archive.add_block(block, random.chance(1, 2) ? &found : nullptr);
            const auto plain = check_block(block, builder.context_of(parent), builder[parent].coins,
                                           builder.parameters(), verifier);
            if (!index) {
                ASSERT_EQ(plain.error().reason, Reason::merkle_root_mismatch);
                continue;
            }
            const Rejection* fault = archive.block_fault(*index);
            ASSERT_EQ(said_of(fault), said_of(plain ? nullptr : &plain.error()));
            if (!plain) {
                reasons.insert(std::string{to_text(plain.error().reason)});
                continue;
            }
            ++good;
            EXPECT_EQ(archive.sums(*index).fees, plain->fees);
            EXPECT_EQ(archive.sums(*index).issued, plain->issued);
            EXPECT_EQ(archive.sums(*index).destroyed, plain->destroyed);
        }
    }
    EXPECT_GT(good, 20U);
    EXPECT_GE(reasons.size(), 10U);
}

TEST(SoundBlocks, MayNotHaveAPaymentThatIsLockedYet) {
    ChainBuilder builder{5};
    const Parameters& parameters = builder.parameters();
    const test::Person alice{"alice"};
    const std::array spends{test::coin_of(parameters.genesis.transactions.front(), 0, alice)};
    const Transaction locked =
        test::make_payment(spends, {{bezants(1), alice.owner}}, parameters, Height{2});
    const Block block =
        test::make_block({parameters.genesis_hash, Height{1}, parameters.genesis.header.time + 1,
                          parameters.target_limit},
                         alice, {locked}, Amount{}, parameters);
    PlainChecks checks{parameters};
    DirectVerifier verifier;
    Archive archive{parameters, verifier, {.checks = &checks}};
    const Rejection* fault = archive.block_fault(*archive.add_block(block));
    EXPECT_EQ(checks.count, 1U);
    ASSERT_NE(fault, nullptr);
    EXPECT_EQ(fault->reason, Reason::locked);
}

TEST(SoundBlocks, AreLookedAtAllAtOnceAndThenInNoOrder) {
    ChainBuilder builder{3};
    const std::size_t block = builder.grow(0, 6);
    PlainChecks checks{builder.parameters()};
    DirectVerifier verifier;
    Archive archive{builder.parameters(), verifier, {.checks = &checks}};
    const BlockIndex index = *archive.add_block(builder[block].block);
    EXPECT_EQ(archive.block_fault(index), nullptr);
    const std::size_t payments = builder[block].block.transactions.size() - 1;
    EXPECT_GT(payments, 0U);
    EXPECT_EQ(checks.count, payments);
    EXPECT_EQ(archive.signatures_verified(), 1U) << "the miner's";
}

TEST(SoundBlocks, WhatWasFoundOutBeforehandIsNotLookedAtAgain) {
    ChainBuilder builder{4};
    const std::size_t number = builder.grow(0, 6);
    const Block& block = builder[number].block;
    PlainChecks checks{builder.parameters()};
    DirectVerifier verifier;
    Archive archive{builder.parameters(), verifier, {.checks = &checks}};
    BlockFindings found = identify(block);
    std::uint64_t fees = 0;
    for (std::size_t i = 1; i < block.transactions.size(); ++i)
        fees += (found.fees[i] = bezants(1'000))->value;
    const BlockIndex index = *archive.add_block(block, &found);
    EXPECT_EQ(archive.block_fault(index), nullptr);
    EXPECT_EQ(checks.count, 0U);
    EXPECT_EQ(archive.sums(index).fees, Amount{fees}) << "it was believed";
}

}  // namespace
}  // namespace bezant
