// SPDX-License-Identifier: Apache-2.0
// Compact blocks between neighbours: who sends them to whom, and what becomes of those that lack
// something, or are lies.
#include "tests/unit/node/compact_relay.hpp"

#include "node/compact_senders.hpp"
#include "node/limits.hpp"

namespace bezant::test {
namespace {

// Who reads compact blocks, and who sends them.

TEST_F(CompactRelay, IsOfferedAfterHelloByWhoDoesIt) {
    const auto stranger = network.stranger(0);
    EXPECT_EQ(stranger->heard<SendCompact>(), std::vector{SendCompact{.unasked = false}});
    TestNetwork old{1};
    EXPECT_TRUE(old.stranger(0)->heard<SendCompact>().empty());
}

TEST_F(CompactRelay, IsNotForThoseWhoDoNotReadIt) {
    const auto old = network.stranger(0);
    const BlockIndex block = block_of({});
    tells(*old, block);
    EXPECT_TRUE(old->heard<GetCompactBlock>().empty());
    EXPECT_EQ(old->heard<GetData>().size(), 1U);
    gives_whole(*old, block);
    const auto listener = network.stranger(0);
    network.says(*listener, SendCompact{.unasked = false});
    network.mine(0);
    EXPECT_EQ(listener->heard<Headers>().size(), 1U) << "it has not asked for them unasked";
    EXPECT_TRUE(listener->heard<CompactBlock>().empty());
}

TEST_F(CompactRelay, SendsNewTipsUnaskedToWhoWantsThem) {
    const auto stranger = reader();
    network.says(*stranger, SendCompact{.unasked = true});
    const BlockIndex first = network.mine(0);
    ASSERT_EQ(stranger->heard<CompactBlock>().size(), 1U);
    EXPECT_EQ(stranger->heard<CompactBlock>()[0].block, first);
    EXPECT_TRUE(stranger->heard<Headers>().empty());
    network.says(*stranger, SendCompact{.unasked = false});
    network.mine(0);
    EXPECT_EQ(stranger->heard<CompactBlock>().size(), 1U);
    EXPECT_EQ(stranger->heard<Headers>().size(), 1U);
}

TEST_F(CompactRelay, TellsWhoLacksMoreThanTheTipByHeaders) {
    for (int i = 0; i < 3; ++i) network.mine(0);
    const auto stranger = reader();
    network.says(*stranger, SendCompact{.unasked = true});
    network.mine(0);
    EXPECT_TRUE(stranger->heard<CompactBlock>().empty());
    ASSERT_EQ(stranger->heard<Headers>().size(), 1U);
    EXPECT_EQ(stranger->heard<Headers>()[0].headers.size(), 4U);
    network.mine(0);
    EXPECT_EQ(stranger->heard<CompactBlock>().size(), 1U);
}

TEST_F(CompactRelay, SaysTheSameOnce) {
    for (const bool unasked : {true, false}) {
        const auto stranger = network.stranger(0);
        network.says(*stranger, SendCompact{.unasked = false});
        if (unasked) network.says(*stranger, SendCompact{.unasked = true});
        for (int i = 0; i < 5; ++i) {
            EXPECT_TRUE(stranger->connected);
            network.says(*stranger, SendCompact{.unasked = unasked});
        }
        EXPECT_FALSE(stranger->connected);
    }
    const auto hasty = network.stranger(0);
    for (int i = 0; i < 5; ++i) network.says(*hasty, SendCompact{.unasked = true});
    EXPECT_EQ(dropped_for(), "unexpected_message");
}

TEST_F(CompactRelay, AsksThoseWhoWereFirstToSendUnasked) {
    const auto first = sender();
    EXPECT_EQ(first->heard<SendCompact>().back(), SendCompact{.unasked = true});
    const auto second = sender();
    const auto third = sender();
    EXPECT_EQ(first->heard<SendCompact>().back(), SendCompact{.unasked = true});
    gives_whole(*first, block_of({}));  // it was first the last time, too
    const auto fourth = sender();
    EXPECT_EQ(first->heard<SendCompact>().back(), SendCompact{.unasked = true});
    EXPECT_EQ(second->heard<SendCompact>().back(), SendCompact{.unasked = false});
    EXPECT_EQ(third->heard<SendCompact>().back(), SendCompact{.unasked = true});
    EXPECT_EQ(fourth->heard<SendCompact>().back(), SendCompact{.unasked = true});
    EXPECT_EQ(first->heard<SendCompact>().size(), 2U) << "and is not asked again";
}

TEST(CompactSenders, NeverLoseTheLastThatWeCalledToACaller) {
    CompactSenders senders;
    EXPECT_TRUE(senders.was_first(PeerId{1}, true).is_new);
    EXPECT_TRUE(senders.was_first(PeerId{2}, false).is_new);
    EXPECT_TRUE(senders.was_first(PeerId{3}, false).is_new);
    EXPECT_EQ(senders.was_first(PeerId{4}, false).former, PeerId{2});
    EXPECT_EQ(senders.was_first(PeerId{5}, true).former, PeerId{1});
    EXPECT_FALSE(senders.was_first(PeerId{3}, false).is_new);
    EXPECT_EQ(senders.was_first(PeerId{6}, false).former, PeerId{4});
    senders.forget(PeerId{5});
    EXPECT_FALSE(senders.was_first(PeerId{7}, false).former);
    EXPECT_TRUE(senders.contains(PeerId{7}));
    EXPECT_FALSE(senders.contains(PeerId{5}));
}

// Taking in.

TEST_F(CompactRelay, AsksForANewBlockInCompactForm) {
    const Transaction payment = held_payment(0);
    const BlockIndex block = block_of({payment});
    const auto stranger = reader();
    tells(*stranger, block);
    ASSERT_EQ(stranger->heard<GetCompactBlock>(), std::vector{GetCompactBlock{.block = block}});
    network.says(*stranger, compact(block));
    EXPECT_EQ(network.tip(0), block);
    EXPECT_EQ(network.effects(0).stored, std::vector{block});
    EXPECT_EQ(network.effects(0).charged.signatures, 2U)
        << "the payment's when it came, and the miner's";
    EXPECT_TRUE(stranger->heard<GetMissingTransactions>().empty());
    EXPECT_EQ(dropped_for(), "");
}

TEST_F(CompactRelay, FetchesManyBlocksWhole) {
    const auto chain = network.chain_on(genesis_index, 3);
    const auto stranger = reader();
    network.says(*stranger, Headers{.headers = chain});
    EXPECT_TRUE(stranger->heard<GetCompactBlock>().empty());
    ASSERT_EQ(stranger->heard<GetData>().size(), 1U);
    EXPECT_EQ(stranger->heard<GetData>()[0].blocks, chain);
}

TEST_F(CompactRelay, AsksForWhatItLacksByPosition) {
    const Transaction held = held_payment(0);
    const Transaction lacking[] = {unknown_payment(1), unknown_payment(2)};
    const BlockIndex block = block_of({lacking[0], held, lacking[1]});
    const auto stranger = reader();
    tells(*stranger, block);
    network.says(*stranger, compact(block));
    ASSERT_EQ(stranger->heard<GetMissingTransactions>(),
              (std::vector{GetMissingTransactions{.block = block, .positions = {1, 3}}}));
    EXPECT_EQ(network.tip(0), genesis_index);
    network.says(*stranger,
                 MissingTransactions{.block = block, .transactions = {lacking[0], lacking[1]}});
    EXPECT_EQ(network.tip(0), block);
    EXPECT_EQ(dropped_for(), "");
}

TEST_F(CompactRelay, UsesPaymentsThatWereNotLetIntoThePool) {
    const Transaction first = held_payment(0);
    const Transaction rival = unknown_payment(1);
    const auto refused = network.payment_of(network.coin(0, 0), TestNetwork::person(8).owner);
    const Transaction orphan =
        network.payment_of(coin_of(rival, 0, TestNetwork::person(9)), TestNetwork::person(7).owner);
    for (const Transaction& payment : {refused, orphan})
        network.happen(0, PaymentSubmitted{network.archive().add_transaction(payment)});
    ASSERT_EQ(network[0].mempool().size(), 1U);
    const BlockIndex block = block_of({refused, rival, orphan});
    const auto stranger = reader();
    tells(*stranger, block);
    network.says(*stranger, compact(block));
    ASSERT_EQ(stranger->heard<GetMissingTransactions>().size(), 1U);
    EXPECT_EQ(stranger->heard<GetMissingTransactions>()[0].positions, std::vector{2U});
    network.says(*stranger, MissingTransactions{.block = block, .transactions = {rival}});
    EXPECT_EQ(network.tip(0), block);
}

TEST_F(CompactRelay, UsesPaymentsOfTheBlockThatARivalWouldReplace) {
    const Transaction payment = unknown_payment(0);
    const BlockIndex tip = block_of({payment});
    const BlockIndex rival = block_of({payment});
    const auto stranger = reader();
    gives_whole(*stranger, tip);
    tells(*stranger, rival);
    network.says(*stranger, compact(rival));
    EXPECT_TRUE(stranger->heard<GetMissingTransactions>().empty());
    ASSERT_EQ(network.effects(0).of_kind("block_left_stale").size(), 1U);
    EXPECT_EQ(network.effects(0).of_kind("block_left_stale")[0].fact, rival.value);
}

TEST_F(CompactRelay, TakesWhatWasSentUnasked) {
    const auto stranger = sender();
    const BlockIndex block = block_of({held_payment(0)});
    network.says(*stranger, compact(block));
    EXPECT_EQ(network.tip(0), block);
    EXPECT_EQ(dropped_for(), "");
}

TEST_F(CompactRelay, DoesNotTakeItFromWhoWasNotAskedTo) {
    const auto stranger = reader();
    for (int i = 0; i < 5; ++i) network.says(*stranger, compact(block_of({})));
    EXPECT_EQ(network.tip(0), genesis_index);
    EXPECT_EQ(dropped_for(), "unrequested_data");
}

TEST_F(CompactRelay, ForgivesWhoHasNotHeardThatHeIsNoLongerTo) {
    const auto former = sender();
    std::vector<std::shared_ptr<Stranger>> others;
    for (std::size_t i = 0; i < compact_senders_max; ++i) others.push_back(sender());
    ASSERT_EQ(former->heard<SendCompact>().back(), SendCompact{.unasked = false});
    const BlockIndex block = block_of({});
    for (int i = 0; i < 20; ++i) network.says(*former, compact(block));
    EXPECT_EQ(network.tip(0), block);
    EXPECT_TRUE(former->connected);
}

TEST_F(CompactRelay, DoesNotTakeTheSameForEver) {
    const auto stranger = sender();
    const CompactBlock again = compact(network.tip(0));
    for (std::uint64_t i = 0; i < service_slack + 2 * service_factor; ++i)
        network.says(*stranger, again);
    EXPECT_TRUE(stranger->connected);
    network.says(*stranger, again);
    EXPECT_EQ(dropped_for(), "flooding");
}

TEST_F(CompactRelay, AsksAfterABlockWithoutAParent) {
    const auto stranger = sender();
    const auto chain = network.chain_on(network.tip(0), 2);
    network.says(*stranger, compact(chain[1]));
    EXPECT_EQ(stranger->heard<GetHeaders>().size(), 2U) << "after hello, and now";
    EXPECT_FALSE(network[0].chain().has_header(chain[1]));
}

TEST_F(CompactRelay, FetchesWhatIsAheadOfItsParentLater) {
    const auto stranger = sender();
    const auto chain = network.chain_on(network.tip(0), 2);
    tells(*stranger, chain[0]);
    network.says(*stranger, compact(chain[1]));
    EXPECT_TRUE(network[0].chain().has_header(chain[1]));
    network.says(*stranger, compact(chain[0]));
    EXPECT_EQ(network.tip(0), chain[0]);
    ASSERT_FALSE(stranger->heard<GetData>().empty());
    EXPECT_EQ(stranger->heard<GetData>().back().blocks, std::vector{chain[1]});
}

// What goes wrong.

TEST_F(CompactRelay, APaymentTakenForAnotherMeansTheWholeBlockAndNoBlame) {
    const Transaction right = unknown_payment(0);
    const Transaction wrong = held_payment(1);
    const BlockIndex block = block_of({right});
    const auto stranger = reader();
    tells(*stranger, block);
    CompactBlock collides = compact(block);
    const ShortIds ids{network.archive().blocks()[block].header, collides.nonce};
    collides.short_ids[0] = ids.of(full_transaction_id(wrong));
    network.says(*stranger, collides);
    EXPECT_EQ(network.tip(0), genesis_index);
    ASSERT_EQ(stranger->heard<GetData>().size(), 1U);
    EXPECT_EQ(stranger->heard<GetData>()[0].blocks, std::vector{block});
    EXPECT_EQ(dropped_for(), "");
    gives_whole(*stranger, block);
    EXPECT_EQ(network.tip(0), block);
    for (int i = 0; i < 5; ++i) network.says(*stranger, Headers{});
    EXPECT_TRUE(stranger->connected);
}

TEST_F(CompactRelay, WhatNeverCameIsNotUsedThoughItIsAFactToOthers) {
    const Transaction payment = unknown_payment(0);
    const BlockIndex block = block_of({payment});  // the archive has all of it
    const auto stranger = reader();
    tells(*stranger, block);
    network.says(*stranger, compact(block));
    EXPECT_EQ(network.tip(0), genesis_index);
    EXPECT_FALSE(network[0].chain().has_body(block));
}

TEST_F(CompactRelay, ABodyThatIsAllTheSendersAndNotTheHeadersIsALie) {
    const BlockIndex block = block_of({});
    const auto stranger = reader();
    tells(*stranger, block);
    CompactBlock lie = compact(block);
    lie.prefilled[0].transaction.outputs[0].amount = Amount{1};
    network.says(*stranger, lie);
    EXPECT_EQ(dropped_for(), "malformed_message");
}

TEST_F(CompactRelay, ABlockThatBreaksARuleIsBlamedOnItsSender) {
    const BlockIndex block = network.block_on(genesis_index, {}, Amount{1});
    const auto stranger = reader();
    tells(*stranger, block);
    network.says(*stranger, compact(block));
    EXPECT_EQ(dropped_for(), "invalid_block");
    EXPECT_EQ(network.effects(0).of_kind("block_refused").at(0).detail, "coinbase_overclaims");
}

TEST_F(CompactRelay, OneOfBadFormIsALie) {
    const BlockIndex block = block_of({});
    const auto stranger = reader();
    tells(*stranger, block);
    CompactBlock lie = compact(block);
    lie.prefilled.clear();
    network.says(*stranger, lie);
    EXPECT_EQ(dropped_for(), "malformed_message");
}

TEST_F(CompactRelay, TransactionsThatWereNotAskedForAreLies) {
    const BlockIndex block = block_of({unknown_payment(0), unknown_payment(1)});
    const auto lacks = [&](Stranger& stranger) {
        tells(stranger, block);
        network.says(stranger, compact(block));
        ASSERT_EQ(stranger.heard<GetMissingTransactions>().size(), 1U);
    };
    for (const auto& wrong :
         {body({}), body({unknown_payment(0)}), body({unknown_payment(1), unknown_payment(0)})}) {
        const auto liar = reader();
        lacks(*liar);
        network.says(*liar, MissingTransactions{.block = block, .transactions = wrong});
        EXPECT_FALSE(liar->connected);
        EXPECT_EQ(dropped_for(), "malformed_message");
    }
    const auto honest = reader();
    lacks(*honest);
    network.says(*honest,
                 MissingTransactions{.block = block,
                                     .transactions = {unknown_payment(0), unknown_payment(1)}});
    EXPECT_EQ(network.tip(0), block);
}

TEST_F(CompactRelay, MissingTransactionsOfNothingAreNotLiked) {
    const BlockIndex block = block_of({});
    const auto stranger = reader();
    for (int i = 0; i < 5; ++i)
        network.says(*stranger, MissingTransactions{.block = block, .transactions = {}});
    EXPECT_EQ(dropped_for(), "unrequested_data");
    const auto other = reader();
    tells(*other, block);
    network.says(*other, MissingTransactions{.block = block, .transactions = {}});
    EXPECT_EQ(other->heard<GetCompactBlock>().size(), 2U)
        << "that was no answer: it is asked again";
    EXPECT_TRUE(other->connected);
}

TEST_F(CompactRelay, ASenderThatStallsIsReplaced) {
    const BlockIndex block = block_of({unknown_payment(0)});
    const auto slow = reader();
    slow->answers_pings = false;
    const auto quick = reader();
    tells(*slow, block);
    tells(*quick, block);
    network.says(*slow, compact(block));
    network.run_for(seconds(19));
    EXPECT_TRUE(quick->heard<GetCompactBlock>().empty());
    network.run_for(seconds(2));
    ASSERT_EQ(quick->heard<GetCompactBlock>().size(), 1U);
    network.says(*quick, compact(block));
    ASSERT_EQ(quick->heard<GetMissingTransactions>().size(), 1U);
    // The first answer is as good as the second, whosever it is.
    network.says(*slow, MissingTransactions{.block = block, .transactions = {unknown_payment(0)}});
    EXPECT_EQ(network.tip(0), block);
    network.says(*quick, MissingTransactions{.block = block, .transactions = {unknown_payment(0)}});
    EXPECT_EQ(dropped_for(), "");
}

TEST_F(CompactRelay, WhatOneOwesIsAskedOfNobodyElse) {
    const auto other = sender();
    const BlockIndex block = block_of({unknown_payment(0)});
    const auto first = reader();
    tells(*first, block);
    network.says(*other, compact(block));
    EXPECT_TRUE(other->heard<GetMissingTransactions>().empty()) << "the first was asked for it";
    network.says(*first, compact(block));
    EXPECT_EQ(first->heard<GetMissingTransactions>().size(), 1U);
}

TEST_F(CompactRelay, WithholdingWhatIsMissingIsProvedByAPong) {
    const auto liar = reader();
    for (int i = 0; i < 2; ++i) {
        const BlockIndex block = block_of({unknown_payment(static_cast<std::size_t>(i))});
        tells(*liar, block);
        network.says(*liar, compact(block));
        network.run_for(seconds(30));
    }
    EXPECT_FALSE(liar->connected);
    EXPECT_EQ(dropped_for(), "withheld_data");
}

TEST_F(CompactRelay, WhatTheLeavingOweIsAskedOfOthers) {
    const BlockIndex block = block_of({unknown_payment(0)});
    const auto first = reader();
    const auto second = reader();
    tells(*first, block);
    tells(*second, block);
    network.says(*first, compact(block));
    network.happen(0, PeerDisconnected{.peer = first->seen_as});
    EXPECT_EQ(second->heard<GetCompactBlock>(), std::vector{GetCompactBlock{.block = block}});
}

TEST_F(CompactRelay, OneNeighbourIsAskedForTheMissingOfOneBlockAtATime) {
    const auto stranger = sender();
    const BlockIndex first = block_of({unknown_payment(0)});
    const BlockIndex rival = block_of({unknown_payment(1)});
    network.says(*stranger, compact(first));
    network.says(*stranger, compact(rival));
    EXPECT_EQ(stranger->heard<GetMissingTransactions>().size(), 1U);
    ASSERT_FALSE(stranger->heard<GetData>().empty());
    EXPECT_EQ(stranger->heard<GetData>().back().blocks, std::vector{rival});
    network.says(*stranger,
                 MissingTransactions{.block = first, .transactions = {unknown_payment(0)}});
    EXPECT_EQ(network.tip(0), first);
}

}  // namespace
}  // namespace bezant::test
