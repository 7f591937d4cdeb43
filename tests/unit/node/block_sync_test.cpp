// SPDX-License-Identifier: Apache-2.0
// Fetching bodies: from whom, how many at a time, and what becomes of them.
#include <gtest/gtest.h>

#include <algorithm>

#include "node/limits.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

class BlockSync : public testing::Test {
protected:
    std::string dropped_for() {
        const auto dropped = network.effects(0).of_kind("peer_dropped");
        return dropped.empty() ? "" : dropped.back().detail;
    }
    std::shared_ptr<Stranger> stranger_with(const std::vector<BlockIndex>& chain) {
        auto stranger = network.stranger(0);
        network.says(*stranger, Headers{.headers = chain});
        return stranger;
    }
    static std::vector<BlockIndex> asked_of(const Stranger& stranger) {
        std::vector<BlockIndex> asked;
        for (const GetData& request : stranger.heard<GetData>())
            asked.insert(asked.end(), request.blocks.begin(), request.blocks.end());
        return asked;
    }
    void gives(Stranger& stranger, BlockIndex block) {
        network.says(stranger, BlockMessage{.block = block});
    }
    /// A block on this parent whose coinbase claims a unit too much.
    BlockIndex inflated_block_on(BlockIndex parent) {
        return network.block_on(parent, {}, Amount{1});
    }

    TestNetwork network{1};
};

TEST_F(BlockSync, ABodyIsAskedOfWhoToldOfItsHeader) {
    const auto chain = network.chain_on(genesis_index, 1);
    const auto stranger = stranger_with(chain);
    EXPECT_EQ(asked_of(*stranger), chain);
    gives(*stranger, chain[0]);
    EXPECT_EQ(network.tip(0), chain[0]);
}

TEST_F(BlockSync, BodiesComeFromSeveralNeighboursAtOnceEachFromOne) {
    const auto chain = network.chain_on(genesis_index, 40);
    std::vector<std::shared_ptr<Stranger>> strangers;
    const auto none = network.stranger(0);
    strangers.push_back(stranger_with(chain));
    EXPECT_EQ(asked_of(*strangers[0]).size(), 16U) << "the window of one neighbour";
    strangers.push_back(stranger_with(chain));
    strangers.push_back(stranger_with(chain));
    std::vector<BlockIndex> all;
    for (const auto& stranger : strangers) {
        const auto asked = asked_of(*stranger);
        EXPECT_TRUE(std::ranges::is_sorted(asked));
        all.insert(all.end(), asked.begin(), asked.end());
    }
    std::ranges::sort(all);
    EXPECT_EQ(all, chain);
    EXPECT_TRUE(asked_of(*none).empty()) << "it told of nothing";
}

TEST_F(BlockSync, BodiesMayComeInAnyOrder) {
    const auto chain = network.chain_on(genesis_index, 10);
    const auto stranger = stranger_with(chain);
    for (auto block = chain.rbegin(); block != chain.rend(); ++block) {
        EXPECT_EQ(network.tip(0), genesis_index);
        gives(*stranger, *block);
    }
    EXPECT_EQ(network.tip(0), chain.back());
    EXPECT_EQ(network.effects(0).stored, chain) << "parents before children";
    EXPECT_EQ(network.effects(0).of_kind("tip_moved").size(), 1U);
}

TEST_F(BlockSync, TheWindowMovesOnAsBodiesCome) {
    const auto chain = network.chain_on(genesis_index, 100);
    const auto stranger = stranger_with(chain);
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const auto asked = asked_of(*stranger);
        EXPECT_LE(asked.size(), i + 16);
        ASSERT_GT(asked.size(), i);
        gives(*stranger, asked[i]);
    }
    EXPECT_EQ(network.tip(0), chain.back());
    EXPECT_EQ(asked_of(*stranger), chain) << "each once";
}

TEST_F(BlockSync, BodiesFarAheadMustWait) {
    const auto chain = network.chain_on(genesis_index, body_window_max + 20);
    const auto stingy = stranger_with({chain.begin(), chain.begin() + 1});
    ASSERT_EQ(asked_of(*stingy).size(), 1U);  // and it keeps the first body to itself
    const auto generous = stranger_with(chain);
    for (std::size_t given = 0; given < asked_of(*generous).size(); ++given) {
        const BlockIndex block = asked_of(*generous)[given];
        if (block != chain[0]) gives(*generous, block);  // as generous as that it is not
    }
    EXPECT_EQ(asked_of(*generous).back(), chain[body_window_max - 1]);
    EXPECT_EQ(asked_of(*generous).size(), body_window_max) << "the first as well, in the end";
    gives(*stingy, chain[0]);
    EXPECT_EQ(network.tip(0), chain[body_window_max - 1]);
    EXPECT_EQ(asked_of(*generous).size(), body_window_max + 15) << "the window moved on";
}

TEST_F(BlockSync, AStalledNeighbourIsReplaced) {
    const auto chain = network.chain_on(genesis_index, 12);
    const auto slow = stranger_with(chain);
    slow->answers_pings = false;
    const auto quick = stranger_with(chain);
    EXPECT_TRUE(asked_of(*quick).empty());
    network.run_for(seconds(19));
    EXPECT_TRUE(asked_of(*quick).empty());
    network.run_for(seconds(2));
    EXPECT_EQ(asked_of(*quick), chain);
    EXPECT_TRUE(slow->connected);
    for (const BlockIndex block : chain) gives(*quick, block);
    EXPECT_EQ(network.tip(0), chain.back());
    // Its answers come in the end, and nobody minds.
    for (const BlockIndex block : chain) gives(*slow, block);
    network.says(*slow, Pong{.nonce = slow->heard<Ping>().at(0).nonce});
    EXPECT_EQ(dropped_for(), "");
}

TEST_F(BlockSync, WhoHoldsUpManyOthersIsReplacedAtOnce) {
    const auto chain = network.chain_on(genesis_index, 120);
    const auto stuck = stranger_with(chain);
    const auto quick = stranger_with(chain);
    const std::vector<BlockIndex> held(chain.begin(), chain.begin() + 16);
    EXPECT_EQ(asked_of(*stuck), held);
    for (std::size_t given = 0; given < held_up_bodies_max - 1; ++given)
        gives(*quick, asked_of(*quick)[given]);
    EXPECT_TRUE(std::ranges::none_of(asked_of(*quick), [&](BlockIndex block) {
        return std::ranges::find(held, block) != held.end();
    })) << "there is time yet";
    for (std::size_t given = held_up_bodies_max - 1; given < asked_of(*quick).size(); ++given)
        gives(*quick, asked_of(*quick)[given]);
    EXPECT_EQ(network.tip(0), chain.back());
    EXPECT_EQ(asked_of(*stuck), held) << "it is not asked for more";
    EXPECT_TRUE(stuck->connected);
    for (const BlockIndex block : held) gives(*stuck, block);
    EXPECT_EQ(dropped_for(), "") << "and nobody minds when its answers come";
}

TEST_F(BlockSync, TheOnlyOneWhoHasABlockIsWaitedFor) {
    const auto chain = network.chain_on(genesis_index, 60);
    const auto slow = stranger_with(chain);
    for (std::size_t given = 1; given < asked_of(*slow).size(); ++given)
        gives(*slow, asked_of(*slow)[given]);
    EXPECT_EQ(asked_of(*slow), chain) << "none of them twice";
    gives(*slow, chain[0]);
    EXPECT_EQ(network.tip(0), chain.back());
}

TEST_F(BlockSync, ANeighbourThatIsSlowButSteadyIsNotReplaced) {
    const auto chain = network.chain_on(genesis_index, 16);
    const auto slow = stranger_with(chain);
    const auto other = stranger_with(chain);
    for (const BlockIndex block : chain) {
        network.run_for(seconds(15));
        gives(*slow, block);
    }
    EXPECT_TRUE(asked_of(*other).empty());
    EXPECT_EQ(network.tip(0), chain.back());
}

TEST_F(BlockSync, AStalledNeighbourIsNotAskedForMoreUntilItAnswers) {
    const auto chain = network.chain_on(genesis_index, 3);
    const auto slow = stranger_with({chain.begin(), chain.begin() + 1});
    slow->answers_pings = false;
    network.run_for(seconds(30));
    network.says(*slow, Headers{.headers = {chain[1], chain[2]}});
    EXPECT_EQ(asked_of(*slow).size(), 1U);
    gives(*slow, chain[0]);
    EXPECT_EQ(asked_of(*slow), chain);
}

TEST_F(BlockSync, WithholdingABodyIsProvedByAPong) {
    const auto chain = network.chain_on(genesis_index, 2);
    const auto liar = stranger_with(chain);
    network.run_for(seconds(30));
    EXPECT_EQ(liar->heard<Ping>().size(), 1U);
    EXPECT_TRUE(liar->connected) << "once may be forgiven";
    network.run_for(seconds(30));
    EXPECT_FALSE(liar->connected);
    EXPECT_EQ(dropped_for(), "withheld_data");
}

TEST_F(BlockSync, WhoTellsOfABlockHasIt) {
    const auto chain = network.chain_on(genesis_index, 2);
    const auto liar = stranger_with(chain);
    const auto honest = stranger_with(chain);
    network.says(*liar, NotFound{.payments = {}, .blocks = {chain[0]}});
    EXPECT_EQ(asked_of(*liar), (std::vector{chain[0], chain[1]}));
    EXPECT_EQ(asked_of(*honest), std::vector{chain[0]});
    network.says(*liar, NotFound{.payments = {}, .blocks = {chain[1]}});
    EXPECT_EQ(dropped_for(), "withheld_data");
    EXPECT_EQ(asked_of(*honest), chain);
}

TEST_F(BlockSync, WhatTheDroppedOweIsAskedOfOthers) {
    const auto chain = network.chain_on(genesis_index, 5);
    const auto first = stranger_with(chain);
    const auto second = stranger_with(chain);
    network.says(*first, Malformed{.fault = "kind"});
    EXPECT_EQ(asked_of(*second), chain);
}

TEST_F(BlockSync, WhatTheLeavingOweIsAskedOfOthers) {
    const auto chain = network.chain_on(genesis_index, 5);
    const auto first = stranger_with(chain);
    const auto second = stranger_with(chain);
    network.happen(0, PeerDisconnected{.peer = first->seen_as});
    EXPECT_EQ(asked_of(*second), chain);
}

TEST_F(BlockSync, AnInvalidBlockIsNamedItsSenderDroppedAndNoOneAskedAgain) {
    const BlockIndex bad = inflated_block_on(genesis_index);
    const auto liar = stranger_with({bad});
    gives(*liar, bad);
    EXPECT_EQ(dropped_for(), "invalid_block");
    const auto refused = network.effects(0).of_kind("block_refused");
    ASSERT_EQ(refused.size(), 1U);
    EXPECT_EQ(refused[0].detail, "coinbase_overclaims");
    EXPECT_EQ(refused[0].fact, bad.value);
    EXPECT_EQ(refused[0].peer, liar->seen_as);
    EXPECT_TRUE(network.effects(0).stored.empty());
    const auto other = stranger_with({bad});
    EXPECT_TRUE(asked_of(*other).empty());
    EXPECT_FALSE(other->connected) << "it tells of a block that it cannot have found valid";
}

TEST_F(BlockSync, TheBlameForAnInvalidBlockThatCameEarlyFindsItsSender) {
    const BlockIndex good = network.block_on(genesis_index);
    const BlockIndex bad = inflated_block_on(good);
    const auto honest = stranger_with({good});
    const auto liar = stranger_with({good, bad});
    gives(*liar, bad);
    EXPECT_EQ(dropped_for(), "") << "nothing can be said before its parent is here";
    gives(*honest, good);
    EXPECT_FALSE(liar->connected);
    EXPECT_TRUE(honest->connected);
    EXPECT_EQ(dropped_for(), "invalid_block");
    EXPECT_EQ(network.tip(0), good);
}

TEST_F(BlockSync, ARivalOfTheTipIsFetchedAndLeftStale) {
    const BlockIndex first = network.block_on(genesis_index);
    const BlockIndex rival = network.block_on(genesis_index);
    const auto one = stranger_with({first});
    gives(*one, first);
    const auto other = stranger_with({rival});
    EXPECT_EQ(asked_of(*other), std::vector{rival});
    gives(*other, rival);
    EXPECT_EQ(network.tip(0), first) << "first seen";
    ASSERT_EQ(network.effects(0).of_kind("block_left_stale").size(), 1U);
    EXPECT_EQ(network.effects(0).of_kind("block_left_stale")[0].fact, rival.value);
    EXPECT_EQ(network.effects(0).stored, std::vector{first});
}

TEST_F(BlockSync, ABranchWithLessWorkIsNotFetched) {
    const auto chain = network.chain_on(genesis_index, 2);
    const BlockIndex weak = network.block_on(genesis_index);
    const auto one = stranger_with(chain);
    for (const BlockIndex block : chain) gives(*one, block);
    EXPECT_TRUE(asked_of(*stranger_with({weak})).empty());
}

TEST_F(BlockSync, ABranchWithMoreWorkTakesOver) {
    const BlockIndex tip = network.mine(0);
    const auto branch = network.chain_on(genesis_index, 3);
    const auto stranger = stranger_with(branch);
    EXPECT_EQ(asked_of(*stranger), branch);
    for (const BlockIndex block : branch) gives(*stranger, block);
    EXPECT_EQ(network.tip(0), branch.back());
    EXPECT_EQ(network.effects(0).stored, (std::vector{tip, branch[0], branch[1], branch[2]}));
}

TEST_F(BlockSync, BodiesWithheldOfABetterHeaderDoNotStopTheChain) {
    const auto phantom = network.chain_on(genesis_index, 30);
    const auto real = network.chain_on(genesis_index, 25);
    const auto liar = stranger_with(phantom);
    liar->answers_pings = false;
    const auto honest = stranger_with(real);
    for (std::size_t given = 0; given < asked_of(*honest).size(); ++given)
        gives(*honest, asked_of(*honest)[given]);
    EXPECT_EQ(network.tip(0), real.back());
}

TEST_F(BlockSync, AnUnaskedBlockWithNewsIsWelcome) {
    const auto chain = network.chain_on(genesis_index, 2);
    const auto stranger = network.stranger(0);
    gives(*stranger, chain[0]);
    EXPECT_EQ(network.tip(0), chain[0]);
    EXPECT_EQ(dropped_for(), "");
}

TEST_F(BlockSync, AnUnaskedBlockWithoutAParentIsAskedAfter) {
    const auto chain = network.chain_on(genesis_index, 2);
    const auto stranger = network.stranger(0);
    network.says(*stranger, Headers{});
    gives(*stranger, chain[1]);
    EXPECT_EQ(stranger->heard<GetHeaders>().size(), 2U);
    EXPECT_FALSE(network[0].chain().has_header(chain[1]));
}

TEST_F(BlockSync, UnaskedBlocksWithoutNewsAreNotLiked) {
    const BlockIndex block = network.block_on(genesis_index);
    const auto stranger = network.stranger(0);
    gives(*stranger, block);
    for (int i = 0; i < 4; ++i) gives(*stranger, block);
    EXPECT_TRUE(stranger->connected);
    gives(*stranger, block);
    EXPECT_EQ(dropped_for(), "unrequested_data");
}

TEST_F(BlockSync, OnlyValidBlocksAreServed) {
    const BlockIndex tip = network.mine(0);
    const BlockIndex unknown = network.block_on(tip);
    const auto stranger = network.stranger(0);
    network.says(*stranger, GetData{.payments = {}, .blocks = {unknown, tip}});
    ASSERT_EQ(stranger->heard<BlockMessage>().size(), 1U);
    EXPECT_EQ(stranger->heard<BlockMessage>()[0].block, tip);
    ASSERT_EQ(stranger->heard<NotFound>().size(), 1U);
    EXPECT_EQ(stranger->heard<NotFound>()[0].blocks, std::vector{unknown});
}

TEST_F(BlockSync, AskingForTheSameBlocksForEverIsFlooding) {
    const BlockIndex tip = network.mine(0);
    const auto stranger = network.stranger(0);
    const GetData thousand{.payments = {}, .blocks = std::vector(1'000, tip)};
    for (int i = 0; i < 10; ++i) network.says(*stranger, thousand);
    EXPECT_TRUE(stranger->connected);
    network.says(*stranger, thousand);
    EXPECT_EQ(dropped_for(), "flooding");
    EXPECT_EQ(stranger->heard<BlockMessage>().size(), 10'000U);
}

TEST_F(BlockSync, AskingForTooMuchAtOnceIsTooMuch) {
    const auto stranger = network.stranger(0);
    network.says(*stranger, GetData{.payments = {}, .blocks = std::vector(1'001, genesis_index)});
    EXPECT_EQ(dropped_for(), "too_large_message");
}

TEST_F(BlockSync, CheckingABlockIsChargedForWhatIsNew) {
    const Transaction payment = network.payment(0, 0, network.person(9).owner);
    const BlockIndex block = network.block_on(genesis_index, {payment}, TestNetwork::payment_fee);
    network.happen(0, PaymentSubmitted{network.archive().add_transaction(payment)});
    EXPECT_EQ(network.effects(0).charged.signatures, 1U);
    gives(*stranger_with({block}), block);
    EXPECT_EQ(network.tip(0), block);
    EXPECT_EQ(network.effects(0).charged.signatures, 2U) << "the payment's was checked before";
}

/// A participant that lets few bytes wait: about twenty bodies.
class ScarceRoom : public testing::Test {
protected:
    static constexpr std::size_t body_bytes = 182;  // a coinbase
    static constexpr std::size_t bytes_max = 20 * body_bytes;

    static TestNetwork::Settings settings() {
        TestNetwork::Settings settings;
        settings.options.waiting_body_bytes_max = bytes_max;
        settings.options.blocks_in_flight_per_peer_max = 16;
        return settings;
    }
    static std::vector<BlockIndex> asked_of(const Stranger& stranger) {
        std::vector<BlockIndex> asked;
        for (const GetData& request : stranger.heard<GetData>())
            asked.insert(asked.end(), request.blocks.begin(), request.blocks.end());
        return asked;
    }
    std::shared_ptr<Stranger> stranger_with(const std::vector<BlockIndex>& blocks) {
        auto stranger = network.stranger(0);
        network.says(*stranger, Headers{.headers = blocks});
        return stranger;
    }
    [[nodiscard]] std::size_t waiting() { return network[0].chain().waiting_bytes(); }

    TestNetwork network{1, settings()};
    std::vector<BlockIndex> chain = network.chain_on(genesis_index, 100);
};

TEST_F(ScarceRoom, BodiesBeyondItAreNotKeptAndComeAgain) {
    ASSERT_EQ(network.archive().body_bytes(chain[0]), body_bytes);
    const auto first = stranger_with({chain.begin(), chain.begin() + 1});
    std::vector<std::shared_ptr<Stranger>> others;
    for (int i = 0; i < 3; ++i) others.push_back(stranger_with(chain));
    std::vector<std::size_t> given(others.size());
    // The first body is kept back; what else is asked for comes.
    for (bool more = true; more;) {
        more = false;
        for (std::size_t i = 0; i < others.size(); ++i) {
            const auto asked = asked_of(*others[i]);
            if (given[i] == asked.size()) continue;
            network.says(*others[i], BlockMessage{.block = asked[given[i]++]});
            more = true;
            ASSERT_LE(waiting(), bytes_max);
        }
    }
    EXPECT_EQ(waiting(), bytes_max);
    EXPECT_LE(given[0] + given[1] + given[2], 48U + 10U) << "then half of the room is taken";
    // It comes, and all the rest after it.
    network.says(*first, BlockMessage{.block = chain[0]});
    while (network.tip(0) != chain.back()) {
        bool moved = false;
        for (std::size_t i = 0; i < others.size(); ++i) {
            const auto asked = asked_of(*others[i]);
            if (given[i] == asked.size()) continue;
            network.says(*others[i], BlockMessage{.block = asked[given[i]++]});
            moved = true;
            ASSERT_LE(waiting(), bytes_max);
        }
        ASSERT_TRUE(moved);
    }
    EXPECT_EQ(waiting(), 0U);
}

TEST_F(ScarceRoom, WhatNeedNotWaitAlwaysFits) {
    const Spend spend = network.coin(0, 0);
    std::vector<Output> outputs(100, {.amount = Amount{1}, .owner = TestNetwork::person(3).owner});
    const Transaction large =
        make_payment(std::span{&spend, 1}, outputs, network.archive().parameters());
    const BlockIndex block = network.block_on(genesis_index, {large});
    ASSERT_GT(network.archive().body_bytes(block), bytes_max);
    const auto stranger = stranger_with({block});
    network.says(*stranger, BlockMessage{.block = block});
    EXPECT_EQ(network.tip(0), block);
}

TEST_F(ScarceRoom, WhatNobodyAskedForMayNotWait) {
    const auto stranger = stranger_with(chain);
    network.says(*stranger, BlockMessage{.block = chain[50]});
    EXPECT_EQ(waiting(), 0U);
    EXPECT_FALSE(network[0].chain().has_body(chain[50]));
}

}  // namespace
}  // namespace bezant::test
