// SPDX-License-Identifier: Apache-2.0
#include "chain/archive.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/hex.hpp"
#include "ledger/codec.hpp"
#include "tests/seeds.hpp"
#include "tests/unit/chain/shared_archive.hpp"

namespace bezant {
namespace {

using test::ChainBuilder;
using test::SharedArchive;

TEST(Archive, HasAValidGenesisFromTheStart) {
    ChainBuilder builder{1};
    SharedArchive shared{builder};
    Archive& archive = shared.archive();
    EXPECT_EQ(archive.block_fault(genesis_index), nullptr);
    EXPECT_EQ(archive.header_fault(genesis_index), nullptr);
    EXPECT_EQ(archive.assemble(genesis_index), builder.parameters().genesis);
    EXPECT_EQ(archive.sums(genesis_index).supply, bezants(120));
    EXPECT_EQ(archive.sums(genesis_index).issued, bezants(120));
    const CoinLookup coin = archive.coins_at(genesis_index).at(CoinIndex{0});
    EXPECT_EQ(coin.state, CoinState::unspent);
    EXPECT_EQ(coin.coin.height, Height{0});
    EXPECT_FALSE(coin.coin.coinbase);
    EXPECT_EQ(coin.coin.output, builder.parameters().genesis.transactions[0].outputs[0]);
}

TEST(Archive, KeepsATransactionOnce) {
    ChainBuilder builder{2};
    SharedArchive shared{builder};
    Archive& archive = shared.archive();
    const auto payment = builder.new_payment(builder[0].coins, Height{1});
    const TransactionIndex index = archive.add_transaction(*payment);
    EXPECT_EQ(archive.add_transaction(*payment), index);
    const TransactionFact& fact = archive.transactions()[index];
    EXPECT_EQ(fact.transaction, *payment);
    EXPECT_EQ(fact.id, transaction_id(*payment));
    EXPECT_EQ(fact.full_id, full_transaction_id(*payment));
    EXPECT_EQ(fact.bytes, encoded_size(*payment));
    ASSERT_EQ(fact.spends.size(), payment->inputs.size());
    EXPECT_EQ(archive.coins().outpoint(fact.spends[0]), payment->inputs[0].previous);
    ASSERT_EQ(fact.creates.size(), payment->outputs.size());
    EXPECT_EQ(archive.coins().find({fact.id, 0}), fact.creates[0]);
    EXPECT_EQ(*archive.coins().output(fact.creates[0]), payment->outputs[0]);
    EXPECT_EQ(archive.transactions().find(fact.full_id), index);
}

TEST(Archive, NamesACoinBeforeItsTransactionIsKnown) {
    ChainBuilder builder{3};
    SharedArchive shared{builder};
    Archive& archive = shared.archive();
    const auto parent = builder.new_payment(builder[0].coins, Height{1});
    Transaction child = *parent;
    child.inputs.resize(1);
    child.inputs[0].previous = {transaction_id(*parent), 0};
    const CoinIndex coin = archive.transactions()[archive.add_transaction(child)].spends[0];
    EXPECT_EQ(archive.coins().output(coin), nullptr);
    EXPECT_EQ(archive.coins_at(genesis_index).at(coin).state, CoinState::unknown);
    const TransactionIndex later = archive.add_transaction(*parent);
    EXPECT_EQ(archive.transactions()[later].creates[0], coin);
    EXPECT_EQ(*archive.coins().output(coin), parent->outputs[0]);
}

TEST(Archive, GivesABlockBackAsItCame) {
    ChainBuilder builder{4};
    builder.grow_tree(30);
    SharedArchive shared{builder};
    for (std::size_t i = 0; i < builder.size(); ++i) {
        const auto* body = shared.archive().body(shared.index(i)).data();
        ASSERT_EQ(shared.archive().assemble(shared.index(i)), builder[i].block);
        ASSERT_EQ(shared.archive().add_block(builder[i].block), shared.index(i));
        ASSERT_EQ(shared.archive().body(shared.index(i)).data(), body) << "references stay good";
        ASSERT_EQ(shared.archive().body(shared.index(i)).size(),
                  builder[i].block.transactions.size());
    }
    EXPECT_EQ(shared.archive().blocks().size(), builder.size());
}

TEST(Archive, RefusesABodyThatIsNotTheHeadersOwnWithoutATrace) {
    ChainBuilder builder{5};
    SharedArchive shared{builder};
    Archive& archive = shared.archive();
    const std::size_t number = builder.grow(0);
    Block foreign = builder[number].block;
    foreign.transactions[0].outputs[0].amount.value -= 1;
    const std::size_t transactions = archive.transactions().size();
    const std::size_t coins = archive.coins().size();
    const auto refused = archive.add_block(foreign);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::merkle_root_mismatch);
    EXPECT_EQ(archive.blocks().size(), 1U);
    EXPECT_EQ(archive.transactions().size(), transactions);
    EXPECT_EQ(archive.coins().size(), coins);

    shared.add();
    EXPECT_EQ(archive.block_fault(shared.index(number)), nullptr);
}

TEST(Archive, RefusesABlockWithoutParentWithoutATrace) {
    ChainBuilder builder{6};
    SharedArchive shared{builder};
    const std::size_t orphan = builder.grow(builder.grow(0));
    const auto refused = shared.archive().add_block(builder[orphan].block);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::unknown_parent);
    EXPECT_EQ(shared.archive().blocks().size(), 1U);
    EXPECT_EQ(shared.archive().add_header(builder[orphan].block.header), std::nullopt);
}

TEST(Archive, TakesABodyAfterItsHeader) {
    ChainBuilder builder{7};
    SharedArchive shared{builder};
    Archive& archive = shared.archive();
    const Block& block = builder[builder.grow(0)].block;
    const auto index = archive.add_header(block.header);
    ASSERT_TRUE(index);
    EXPECT_FALSE(archive.has_body(*index));
    EXPECT_EQ(archive.add_block(block), *index);
    EXPECT_TRUE(archive.has_body(*index));
}

TEST(Archive, GivesTheVerdictsOfTheRulesOnEveryTree) {
    for (std::uint64_t seed = 0; seed < test::seeds_to_try(20); ++seed) {
        ChainBuilder builder{seed};
        builder.grow_tree(40, 20);
        SharedArchive shared{builder};
        Archive& archive = shared.archive();
        for (std::size_t left = builder.size(); left > 0; --left) {
            // Not parents first: ancestors are judged on the way.
            const std::size_t i = builder.random().below(builder.size());
            const Rejection* fault = archive.block_fault(shared.index(i));
            ASSERT_EQ(fault == nullptr, builder[i].is_valid());
            if (fault == nullptr) {
                EXPECT_EQ(archive.sums(shared.index(i)).supply, builder[i].coins.unspent_sum());
                EXPECT_EQ(archive.sums(shared.index(i)).fees, builder[i].effect.fees);
                EXPECT_EQ(archive.sums(shared.index(i)).issued, builder[i].effect.issued);
                EXPECT_EQ(archive.sums(shared.index(i)).destroyed, builder[i].effect.destroyed);
            } else if (*builder[i].root == i) {
                EXPECT_EQ(*fault, *builder[i].fault);
            } else {
                EXPECT_EQ(fault->reason, Reason::invalid_parent);
                EXPECT_TRUE(
                    fault->got.ends_with(to_hex_reversed(builder[*builder[i].root].hash.view())));
            }
        }
    }
}

TEST(Archive, JudgesHeadersAloneWithoutBodies) {
    ChainBuilder builder{8};
    const std::size_t good = builder.grow_forged(builder.grow(0));
    const std::size_t bad = builder.grow_too_early(good);
    const std::size_t below_bad = builder.grow(builder.grow(bad, 0), 0);
    SharedArchive shared{builder};
    Archive& archive = shared.archive();
    const Rejection* inherited = archive.header_fault(shared.index(below_bad));
    ASSERT_NE(inherited, nullptr);
    EXPECT_EQ(inherited->reason, Reason::invalid_parent);
    EXPECT_TRUE(inherited->got.ends_with(to_hex_reversed(builder[bad].hash.view())));
    EXPECT_EQ(archive.header_fault(shared.index(bad))->reason, Reason::time_too_early);
    EXPECT_EQ(archive.header_fault(shared.index(good)), nullptr) << "its header is good";
}

TEST(Archive, RefusesAHeaderThatDoesNotShowItsWork) {
    ChainBuilder builder{18};
    SharedArchive shared{builder};
    BlockHeader header = builder[builder.grow(0)].block.header;
    const auto target = *target_from_compact(header.target);
    while (meets_target(block_hash(header), target)) ++header.nonce;
    const BlockIndex lazy = *shared.archive().add_header(header);
    ASSERT_NE(shared.archive().header_fault(lazy), nullptr);
    EXPECT_EQ(shared.archive().header_fault(lazy)->reason, Reason::insufficient_work);
}

TEST(Archive, KeepsTheBestOfTheValidBlocksOnTheTrunk) {
    ChainBuilder builder{19};
    builder.grow_tree(40, 20);
    SharedArchive shared{builder};
    std::uint64_t most = 0;
    for (std::size_t i = 0; i < builder.size(); ++i) {
        const bool valid = shared.archive().block_fault(shared.index(i)) == nullptr;
        if (!valid || builder[i].work <= most) continue;
        most = builder[i].work;
        ASSERT_EQ(shared.archive().blocks().trunk_tip(), shared.index(i));
    }
}

TEST(Archive, GivesEachVerdictOnce) {
    ChainBuilder builder{9};
    builder.grow_tree(30, 20);
    SharedArchive shared{builder};
    Archive& archive = shared.archive();
    std::vector<const Rejection*> first;
    for (std::size_t i = 0; i < builder.size(); ++i) {
        (void)archive.header_fault(shared.index(i));
        first.push_back(archive.block_fault(shared.index(i)));
    }
    const std::size_t verified = shared.verified();
    for (std::size_t i = 0; i < builder.size(); ++i)
        ASSERT_EQ(archive.block_fault(shared.index(i)), first[i]) << "references stay good";
    EXPECT_EQ(shared.verified(), verified);
}

TEST(Archive, JudgesALongChainWithoutRecursion) {
    constexpr int length = 150'000;
    ChainBuilder builder{10};
    SharedArchive shared{builder};
    Archive& archive = shared.archive();
    BlockHeader header = builder[builder.grow_too_early(0)].block.header;
    BlockIndex tip = *archive.add_header(header);
    for (int i = 0; i < length; ++i) {
        header.previous = archive.blocks()[tip].hash;
        tip = *archive.add_header(header);
    }
    const Rejection* fault = archive.header_fault(tip);
    ASSERT_NE(fault, nullptr);
    EXPECT_EQ(fault->reason, Reason::invalid_parent);
    EXPECT_EQ(archive.header_fault(archive.blocks()[tip].parent), fault)
        << "a long bad branch has one text";
}

TEST(Archive, GivesTheContextThatThePlainWayGives) {
    ChainBuilder builder{11};
    builder.grow_tree(60);
    SharedArchive shared{builder};
    for (std::size_t i = 0; i < builder.size(); ++i) {
        const ParentContext got = shared.archive().context_of(shared.index(i));
        const ParentContext expected = builder.context_of(i);
        ASSERT_EQ(got.height, expected.height);
        ASSERT_EQ(got.time, expected.time);
        ASSERT_EQ(got.median_time_past, expected.median_time_past);
    }
}

/// Number of different signatures in these blocks.
std::size_t signatures_of(const ChainBuilder& builder) {
    std::set<std::pair<Signature, FullTransactionId>> signatures;
    for (std::size_t i = 1; i < builder.size(); ++i) {
        for (const Transaction& transaction : builder[i].block.transactions) {
            for (const Input& input : transaction.inputs)
                signatures.emplace(input.signature, full_transaction_id(transaction));
        }
    }
    return signatures.size();
}

TEST(Archive, VerifiesASignatureOnceWhateverItTurnsUpIn) {
    ChainBuilder builder{12};
    builder.grow_tree(40);
    SharedArchive shared{builder};
    Archive& archive = shared.archive();
    // Offered as payments first, judged in blocks of several branches after, and offered again.
    const auto offer_all = [&] {
        for (std::size_t i = 1; i < builder.size(); ++i) {
            const BlockIndex parent = shared.index(builder[i].parent);
            ASSERT_EQ(archive.block_fault(parent), nullptr);
            for (const TransactionIndex payment : archive.body(shared.index(i)).subspan(1))
                (void)archive.check_payment_on(payment, builder[i].height,
                                               archive.coins_at(parent));
        }
    };
    offer_all();
    for (std::size_t i = 0; i < builder.size(); ++i)
        ASSERT_EQ(archive.block_fault(shared.index(i)), nullptr);
    offer_all();
    EXPECT_EQ(shared.verified(), signatures_of(builder));
    EXPECT_EQ(archive.signatures_verified(), shared.verified());
}

TEST(Archive, VerifiesABadSignatureOnce) {
    ChainBuilder builder{13};
    SharedArchive shared{builder};
    Archive& archive = shared.archive();
    Transaction forged = *builder.new_payment(builder[0].coins, Height{1});
    forged.inputs[0].signature.bytes[5] ^= 1U;
    const TransactionIndex index = archive.add_transaction(forged);
    for (int i = 0; i < 3; ++i) {
        const auto verdict =
            archive.check_payment_on(index, Height{1}, archive.coins_at(genesis_index));
        ASSERT_FALSE(verdict);
        EXPECT_EQ(verdict.error().reason, Reason::bad_signature);
    }
    EXPECT_EQ(shared.verified(), 1U);
}

}  // namespace
}  // namespace bezant
