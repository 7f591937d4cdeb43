// SPDX-License-Identifier: Apache-2.0
// Blocks that a user hands in, and the block that a participant gives out to be mined.
#include "node/block_submission.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/block_rules.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

using testing::ElementsAre;

class Submission : public testing::Test {
protected:
    static TestNetwork::Settings searched() {
        TestNetwork::Settings settings;
        settings.proof_of_work = ProofOfWork::searched;
        return settings;
    }
    void submit(const Block& block) { network.happen(0, BlockSubmitted{Boxed{block}}); }
    BlockHash tip() { return network.archive().blocks()[network.tip(0)].hash; }
    /// What was said of blocks handed in, in order: "mined", "stale", or why they are not taken.
    std::vector<std::string> verdicts() {
        std::vector<std::string> all;
        for (const Noticed& notice : network.effects(0).notices) {
            if (notice.kind == "block_mined") all.emplace_back("mined");
            if (notice.kind == "block_left_stale") all.emplace_back("stale");
            if (notice.kind == "submission_refused") all.push_back(notice.detail);
            EXPECT_NE(notice.kind, "block_refused") << "it is said once";
        }
        return all;
    }
    /// Submits a block that must be refused so, and leave nothing behind.
    void expect_no_trace(const Block& block, const std::string& why) {
        const std::size_t blocks = network.archive().blocks().size();
        const std::size_t transactions = network.archive().transactions().size();
        const std::size_t said = verdicts().size();
        submit(block);
        ASSERT_EQ(verdicts().size(), said + 1);
        EXPECT_EQ(verdicts().back(), why);
        EXPECT_EQ(network.archive().blocks().size(), blocks);
        EXPECT_EQ(network.archive().transactions().size(), transactions);
    }

    TestNetwork network{1, searched()};
};

TEST_F(Submission, IsTakenLikeAFindOfOnesOwn) {
    const auto neighbour = network.stranger(0);
    const Block block = network.unknown_block_on(genesis_index);
    submit(block);
    EXPECT_EQ(tip(), block_hash(block.header));
    EXPECT_THAT(verdicts(), ElementsAre("mined"));
    const auto told = neighbour->heard<Headers>();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_THAT(told.front().headers, ElementsAre(network.tip(0)));
    const std::string& transcript = network.effects(0).transcript;
    const std::string headers_message = to_hex(encode_message(told.front(), network.archive()));
    EXPECT_LT(transcript.find("store "), transcript.find(headers_message)) << "stored, then told";
}

TEST_F(Submission, OfAKnownBlockIsSaidToBeKnown) {
    const Block block = network.unknown_block_on(genesis_index);
    submit(block);
    submit(block);
    EXPECT_THAT(verdicts(), ElementsAre("mined", "known"));
    EXPECT_EQ(network[0].chain().height(), Height{1});
}

TEST_F(Submission, OfARivalIsTakenAndLeftStale) {
    submit(network.unknown_block_on(genesis_index));
    const BlockHash first = tip();
    const Block rival = network.unknown_block_on(genesis_index);
    submit(rival);
    EXPECT_THAT(verdicts(), ElementsAre("mined", "mined", "stale"));
    EXPECT_EQ(tip(), first);
    const auto parent = network.archive().blocks().find(block_hash(rival.header)).value();
    const Block child = network.unknown_block_on(parent);
    submit(child);
    EXPECT_EQ(tip(), block_hash(child.header)) << "it counts when it has more work";
}

TEST_F(Submission, WithABadHeaderLeavesNoTrace) {
    Block block = network.unknown_block_on(genesis_index);
    const Block good = block;
    const Uint256 target = target_from_compact(block.header.target).value();
    while (meets_target(block_hash(block.header), target)) ++block.header.nonce;
    expect_no_trace(block, "insufficient_work");

    block = good;
    block.header.previous.bytes[0] ^= 1;
    mine(block.header);
    expect_no_trace(block, "unknown_parent");

    block = good;
    block.header.target = compact_from_target(target >> 1);
    mine(block.header);
    expect_no_trace(block, "wrong_target");

    block = good;
    block.header.time = network.archive().parameters().genesis.header.time;
    mine(block.header);
    expect_no_trace(block, "time_too_early");

    submit(good);
    EXPECT_EQ(tip(), block_hash(good.header));
}

TEST_F(Submission, AheadOfTheClockMayComeAgainLater) {
    Block block = network.unknown_block_on(genesis_index);
    const std::int64_t latest =
        unix_seconds(network.now()) + network.archive().parameters().future_seconds_max;
    block.header.time = static_cast<std::uint32_t>(latest + 1);
    mine(block.header);
    submit(block);
    network.run_for(seconds(1));
    submit(block);
    EXPECT_THAT(verdicts(), ElementsAre("time_too_late", "mined"));
}

TEST_F(Submission, OfABodyThatIsNotTheHeadersOwnSaysNothingOfTheBlock) {
    const Block block = network.unknown_block_on(genesis_index);
    Block altered = block;
    altered.transactions.front().outputs.front().amount = Amount{1};
    submit(altered);
    submit(block);
    EXPECT_THAT(verdicts(), ElementsAre("merkle_root_mismatch", "mined"));
}

TEST_F(Submission, OfABlockThatBreaksARuleIsRefusedEachTime) {
    const Block block = network.unknown_block_on(genesis_index, {}, bezants(1));
    submit(block);
    submit(block);
    EXPECT_THAT(verdicts(), ElementsAre("coinbase_overclaims", "coinbase_overclaims"));
    const auto bad = network.archive().blocks().find(block_hash(block.header)).value();
    submit(network.unknown_block_on(bad));
    EXPECT_EQ(verdicts().back(), "invalid_parent");
    EXPECT_EQ(network.tip(0), genesis_index);
}

TEST_F(Submission, OnAParentOfWhichOnlyTheHeaderIsHereIsRefused) {
    const BlockIndex parent = network.block_on(genesis_index);
    const Block block = network.unknown_block_on(parent);
    expect_no_trace(block, "unknown_parent");
    const auto neighbour = network.stranger(0);
    network.says(*neighbour, Headers{.headers = {parent}});
    expect_no_trace(block, "unknown_parent");
    network.says(*neighbour, BlockMessage{.block = parent});
    submit(block);
    EXPECT_EQ(tip(), block_hash(block.header));
}

TEST_F(Submission, OfABlockThatANeighbourWasAskedForSettlesThat) {
    const auto neighbour = network.stranger(0);
    const BlockIndex block = network.block_on(genesis_index);
    network.says(*neighbour, Headers{.headers = {block}});
    ASSERT_EQ(neighbour->heard<GetData>().size(), 1U);
    submit(network.archive().assemble(block));
    EXPECT_THAT(verdicts(), ElementsAre("mined"));
    network.says(*neighbour, BlockMessage{.block = block});
    EXPECT_TRUE(neighbour->connected) << "its copy is welcome";
}

class GivenOut : public Submission {
protected:
    void pay(std::size_t payments) {
        for (std::size_t coin = 0; coin < payments; ++coin) {
            network.happen(0, PaymentSubmitted{network.archive().add_transaction(
                                  network.payment(0, coin, network.person(9).owner))});
        }
    }
    Block next(const BlockWish& wish = {}) {
        Block block = network[0].next_block(network.now(), wish);
        mine(block.header);
        return block;
    }
};

TEST_F(GivenOut, TheNextBlockComesBackAsABlock) {
    pay(3);
    const Block block = next();
    EXPECT_EQ(block.transactions.size(), 4U);
    submit(block);
    EXPECT_EQ(tip(), block_hash(block.header));
    EXPECT_EQ(network[0].mempool().size(), 0U);
}

TEST_F(GivenOut, PaysWhomOneWishesAndIsSignedByTheParticipant) {
    const Person somebody{"somebody"};
    const Block block = next({.paid = somebody.owner});
    const Transaction& coinbase = block.transactions.front();
    EXPECT_EQ(coinbase.inputs.front().public_key, network[0].public_key());
    EXPECT_EQ(coinbase.outputs, (std::vector{Output{bezants(10), somebody.owner}}));
    submit(block);
    EXPECT_EQ(tip(), block_hash(block.header));
}

TEST_F(GivenOut, TheExtranonceIsFree) {
    Block block = network[0].next_block(network.now());
    for (Byte& byte : block.transactions.front().inputs.front().previous.transaction.bytes)
        byte = 0xa5;
    commit(block);
    mine(block.header);
    submit(block);
    EXPECT_EQ(tip(), block_hash(block.header));
}

/// The root as Bitcoin has it, where a last node is paired with itself.
MerkleRoot root_with_pairs(std::span<const Transaction> transactions) {
    std::vector<Bytes> nodes;
    for (const Transaction& transaction : transactions) {
        const FullTransactionId id = full_transaction_id(transaction);
        nodes.emplace_back(id.bytes.begin(), id.bytes.end());
    }
    while (nodes.size() > 1) {
        if (nodes.size() % 2 != 0) nodes.push_back(nodes.back());
        std::vector<Bytes> parents;
        for (std::size_t i = 0; i < nodes.size(); i += 2) {
            Bytes both = nodes[i];
            both.insert(both.end(), nodes[i + 1].begin(), nodes[i + 1].end());
            const Hash256 parent = double_sha256(both);
            parents.emplace_back(parent.bytes.begin(), parent.bytes.end());
        }
        nodes = std::move(parents);
    }
    MerkleRoot root;
    std::ranges::copy(nodes.front(), root.bytes.begin());
    return root;
}

TEST_F(GivenOut, AFullTreeHasTheRootThatBitcoinsProgramsCompute) {
    for (std::size_t payments = 0; payments <= 9; ++payments) {
        if (payments > 0) {
            network.happen(0, PaymentSubmitted{network.archive().add_transaction(
                                  network.payment(0, payments - 1, network.person(9).owner))});
        }
        const Block all = network[0].next_block(network.now());
        const Block full = network[0].next_block(network.now(), {.shape = TreeShape::full});
        EXPECT_EQ(all.transactions.size(), payments + 1);
        EXPECT_EQ(full.transactions.size(), std::bit_floor(payments + 1));
        EXPECT_EQ(full.header.merkle_root, root_with_pairs(full.transactions));
        EXPECT_EQ(full.transactions.front().outputs.front().amount.value,
                  bezants(10).value + (full.transactions.size() - 1) * 1'000);
    }
    const Block full = next({.shape = TreeShape::full});
    submit(full);
    EXPECT_EQ(tip(), block_hash(full.header)) << "it claims the fees of those that are in it";
}

TEST_F(GivenOut, PaymentsThatRestOnOthersAreLeftOutBeforeThem) {
    const Transaction parent = network.payment(0, 0, network.person(0).owner);
    const Person owner = TestNetwork::person(0);
    const Transaction child =
        network.payment_of(coin_of(parent, 0, owner), network.person(9).owner);
    network.happen(0, PaymentSubmitted{network.archive().add_transaction(parent)});
    network.happen(0, PaymentSubmitted{network.archive().add_transaction(child)});
    const Block full = next({.shape = TreeShape::full});
    ASSERT_EQ(full.transactions.size(), 2U);
    EXPECT_EQ(full.transactions.back(), parent);
    submit(full);
    EXPECT_EQ(tip(), block_hash(full.header));
}

}  // namespace
}  // namespace bezant::test
