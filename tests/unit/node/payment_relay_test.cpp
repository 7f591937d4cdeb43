// SPDX-License-Identifier: Apache-2.0
// Payments travel by announcement and request, from one neighbour at a time, to those who lack
// them.
#include "node/payment_relay.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "node/limits.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

class PaymentTravel : public testing::Test {
protected:
    std::string dropped_for() {
        const auto dropped = network.effects(0).of_kind("peer_dropped");
        return dropped.empty() ? "" : dropped.back().detail;
    }
    TransactionIndex payment(std::size_t coin) {
        return network.archive().add_transaction(network.payment(0, coin, network.person(9).owner));
    }
    std::vector<TransactionIndex> payments(std::size_t count) {
        std::vector<TransactionIndex> all;
        for (std::size_t i = 0; i < count; ++i) all.push_back(payment(i));
        return all;
    }
    void announces(Stranger& stranger, std::vector<TransactionIndex> list) {
        network.says(stranger, Inventory{.payments = std::move(list)});
    }
    /// Names of payments that nobody has, more than may wait, and of which so many are then noted
    /// as this one's to send.
    std::size_t noted_of(Stranger& stranger) {
        std::vector<TransactionIndex> all;
        for (std::uint32_t i = 0; i < 2 * waiting_payments_of_stranger_max; ++i) {
            FullTransactionId id;
            std::memcpy(id.bytes.data(), &i, sizeof(i));
            all.push_back(network.archive().name_transaction(id));
        }
        for (auto* const each : {&stranger, three.get()})
            for (std::size_t i = 0; i < all.size(); i += inventory_per_message_max)
                announces(*each, {all.begin() + static_cast<std::ptrdiff_t>(i),
                                  all.begin() +
                                      static_cast<std::ptrdiff_t>(i + inventory_per_message_max)});
        // What is left over is asked of the next who has it.
        return static_cast<std::size_t>(std::ranges::find(all, asked_of(*three).front()) -
                                        all.begin());
    }
    void gives(Stranger& stranger, TransactionIndex index) {
        network.says(stranger, PaymentMessage{.payment = index});
    }
    /// Announces, is asked, and gives.
    void brings(Stranger& stranger, TransactionIndex index) {
        announces(stranger, {index});
        gives(stranger, index);
    }
    static std::vector<TransactionIndex> asked_of(const Stranger& stranger) {
        std::vector<TransactionIndex> asked;
        for (const GetData& request : stranger.heard<GetData>())
            asked.insert(asked.end(), request.payments.begin(), request.payments.end());
        return asked;
    }
    static std::vector<TransactionIndex> told_to(const Stranger& stranger) {
        std::vector<TransactionIndex> told;
        for (const Inventory& inventory : stranger.heard<Inventory>())
            told.insert(told.end(), inventory.payments.begin(), inventory.payments.end());
        return told;
    }
    bool holds(TransactionIndex index) { return network[0].mempool().contains(index); }

    TestNetwork network{1, {.coins_each = 1'200}};
    std::shared_ptr<Stranger> one = network.stranger(0);
    std::shared_ptr<Stranger> two = network.stranger(0);
    std::shared_ptr<Stranger> three = network.stranger(0);
};

TEST_F(PaymentTravel, OneIsAskedAndAllOthersAreTold) {
    const auto list = payments(3);
    announces(*one, list);
    EXPECT_EQ(asked_of(*one), list);
    EXPECT_EQ(one->heard<GetData>().size(), 1U) << "together";
    for (const auto index : list) gives(*one, index);
    for (const auto index : list) EXPECT_TRUE(holds(index));
    network.run_for(seconds(5));
    EXPECT_EQ(told_to(*two), list);
    EXPECT_EQ(told_to(*three), list);
    EXPECT_TRUE(told_to(*one).empty()) << "it has them";
}

TEST_F(PaymentTravel, AnnouncementsAreGathered) {
    const auto list = payments(100);
    for (const auto index : list) {
        brings(*one, index);
        network.run_for(milliseconds(1));
    }
    network.run_for(seconds(5));
    EXPECT_EQ(told_to(*two), list);
    EXPECT_LE(two->heard<Inventory>().size(), 20U);
    EXPECT_NE(two->heard<Inventory>(), three->heard<Inventory>()) << "at moments of their own";
}

TEST_F(PaymentTravel, WhoAnnouncedItTooIsNotTold) {
    const auto index = payment(0);
    announces(*one, {index});
    announces(*two, {index});
    EXPECT_TRUE(asked_of(*two).empty()) << "one at a time";
    gives(*one, index);
    announces(*three, {index});
    network.run_for(seconds(5));
    EXPECT_TRUE(told_to(*one).empty());
    EXPECT_TRUE(told_to(*two).empty());
    EXPECT_TRUE(told_to(*three).empty());
    EXPECT_TRUE(asked_of(*three).empty());
}

TEST_F(PaymentTravel, WhenTheFirstHasItNotTheNextIsAsked) {
    const auto index = payment(0);
    announces(*one, {index});
    announces(*two, {index});
    announces(*three, {index});
    network.says(*one, NotFound{.payments = {index}, .blocks = {}});
    EXPECT_EQ(asked_of(*two), std::vector{index});
    EXPECT_TRUE(asked_of(*three).empty());
    network.happen(0, PeerDisconnected{.peer = two->seen_as});
    EXPECT_EQ(asked_of(*three), std::vector{index});
    gives(*three, index);
    EXPECT_TRUE(holds(index));
    EXPECT_EQ(dropped_for(), "");
}

TEST_F(PaymentTravel, WhenTheFirstIsSilentTheNextIsAskedAndALateAnswerIsWelcome) {
    const auto index = payment(0);
    one->answers_pings = false;
    announces(*one, {index});
    announces(*two, {index});
    network.run_for(seconds(19));
    EXPECT_TRUE(asked_of(*two).empty());
    network.run_for(seconds(2));
    EXPECT_EQ(asked_of(*two), std::vector{index});
    gives(*one, index);
    EXPECT_TRUE(holds(index));
    gives(*two, index);
    EXPECT_EQ(dropped_for(), "");
    EXPECT_EQ(network.effects(0).of_kind("payment_accepted").size(), 1U);
    EXPECT_TRUE(network.effects(0).of_kind("payment_refused").empty());
}

TEST_F(PaymentTravel, AWithheldPaymentIsAskedAgainWhenItIsAnnouncedAgain) {
    const auto index = payment(0);
    announces(*one, {index});
    network.says(*one, NotFound{.payments = {index}, .blocks = {}});
    announces(*two, {index});
    EXPECT_EQ(asked_of(*two), std::vector{index});
}

TEST_F(PaymentTravel, PaymentsThatNobodyAskedForAreNotLookedAt) {
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_TRUE(one->connected);
        gives(*one, payment(i));
        EXPECT_FALSE(holds(payment(i)));
    }
    EXPECT_EQ(dropped_for(), "unrequested_data");
    EXPECT_EQ(network.effects(0).charged.signatures, 0U);
}

TEST_F(PaymentTravel, RequestsAreBounded) {
    network.says(*one, Inventory{.payments = payments(1'001)});
    EXPECT_EQ(dropped_for(), "too_large_message");
    const auto list = payments(1'200);
    announces(*two, {list.begin(), list.begin() + 1'000});
    announces(*two, {list.begin() + 1'000, list.end()});
    EXPECT_EQ(asked_of(*two).size(), 1'000U);
    for (std::size_t i = 0; i < 300; ++i) gives(*two, list[i]);
    EXPECT_EQ(asked_of(*two), list) << "the rest when there is room";
}

TEST_F(PaymentTravel, OfAStrangerFewWait) {
    const std::size_t in_flight = ParticipantOptions{}.payments_in_flight_per_peer_max;
    EXPECT_EQ(noted_of(*one), in_flight + waiting_payments_of_stranger_max);
}

TEST_F(PaymentTravel, AsManyMoreWaitAsANeighbourHasBrought) {
    for (std::size_t i = 0; i < 300; ++i) brings(*one, payment(i));
    const std::size_t in_flight = ParticipantOptions{}.payments_in_flight_per_peer_max;
    EXPECT_EQ(noted_of(*one), in_flight + waiting_payments_of_stranger_max + 300);
}

TEST_F(PaymentTravel, WaitingRequestsOfAStalledNeighbourGoToOthers) {
    const auto list = payments(1'200);
    two->answers_pings = false;
    for (const auto& stranger : {two, three}) {
        announces(*stranger, {list.begin(), list.begin() + 1'000});
        announces(*stranger, {list.begin() + 1'000, list.end()});
    }
    network.run_for(seconds(21));
    EXPECT_EQ(asked_of(*two).size(), 1'000U);
    for (std::size_t i = 0; i < 1'200; ++i) gives(*three, list[i]);
    EXPECT_EQ(network[0].mempool().size(), 1'200U);
    EXPECT_EQ(dropped_for(), "");
}

TEST_F(PaymentTravel, OnlyWhoWasToldIsServed) {
    const auto index = payment(0);
    network.happen(0, PaymentSubmitted{index});
    network.says(*one, GetData{.payments = {index}, .blocks = {}});
    EXPECT_TRUE(one->heard<PaymentMessage>().empty()) << "it has not been told yet";
    EXPECT_EQ(one->heard<NotFound>().size(), 1U);
    network.run_for(seconds(5));
    network.says(*one, GetData{.payments = {index}, .blocks = {}});
    EXPECT_EQ(one->heard<PaymentMessage>(), std::vector{PaymentMessage{index}});
}

TEST_F(PaymentTravel, ANewNeighbourIsToldOfWhatWaits) {
    const auto list = payments(2);
    for (const auto index : list) network.happen(0, PaymentSubmitted{index});
    network.run_for(seconds(5));
    const auto late = network.stranger(0);
    network.run_for(seconds(5));
    EXPECT_EQ(told_to(*late), list);
}

TEST_F(PaymentTravel, AConfirmedPaymentIsNeitherToldNorFetched) {
    const auto index = payment(0);
    brings(*one, index);
    network.mine(0);
    network.run_for(seconds(5));
    EXPECT_TRUE(told_to(*two).empty());
    announces(*two, {index});
    EXPECT_TRUE(asked_of(*two).empty());
}

TEST_F(PaymentTravel, AnOrphanIsAdoptedWhenItsParentCome) {
    const Transaction parent = network.payment(0, 0, TestNetwork::person(0).owner);
    const Person owner = TestNetwork::person(0);
    const Transaction child =
        network.payment_of(coin_of(parent, 0, owner), network.person(9).owner);
    const auto parent_index = network.archive().add_transaction(parent);
    const auto child_index = network.archive().add_transaction(child);
    brings(*one, child_index);
    EXPECT_FALSE(holds(child_index));
    EXPECT_TRUE(network.effects(0).of_kind("payment_refused").empty()) << "only early";
    announces(*two, {child_index});
    EXPECT_TRUE(asked_of(*two).empty()) << "it is here already";
    brings(*two, parent_index);
    EXPECT_TRUE(holds(child_index));
    network.run_for(seconds(5));
    EXPECT_EQ(told_to(*three), (std::vector{parent_index, child_index}));
    EXPECT_EQ(told_to(*one), std::vector{parent_index});
    EXPECT_EQ(network.effects(0).charged.signatures, 2U);
}

TEST_F(PaymentTravel, AnOrphanIsAdoptedWhenItsParentComesWithABlock) {
    const Person owner = TestNetwork::person(0);
    const Transaction parent = network.payment(0, 0, owner.owner);
    const Transaction child =
        network.payment_of(coin_of(parent, 0, owner), network.person(9).owner);
    const auto child_index = network.archive().add_transaction(child);
    brings(*one, child_index);
    const auto block = network.block_on(genesis_index, {parent}, TestNetwork::payment_fee);
    network.says(*two, BlockMessage{.block = block});
    EXPECT_TRUE(holds(child_index));
    network.run_for(seconds(5));
    EXPECT_EQ(told_to(*three), std::vector{child_index});
}

TEST_F(PaymentTravel, TheFirstSeenStaysAndTheVictimIsTold) {
    const Person us = TestNetwork::person(0);
    const Person thief{"thief"};
    TestNetwork two_people{2};
    const auto stranger = two_people.stranger(0);
    const Transaction to_us = two_people.payment(1, 0, us.owner);
    const Transaction to_thief = two_people.payment(1, 0, thief.owner);
    const auto first = two_people.archive().add_transaction(to_us);
    const auto second = two_people.archive().add_transaction(to_thief);
    for (const auto index : {first, second}) {
        two_people.says(*stranger, Inventory{.payments = {index}});
        two_people.says(*stranger, PaymentMessage{.payment = index});
    }
    EXPECT_TRUE(two_people[0].mempool().contains(first));
    EXPECT_FALSE(two_people[0].mempool().contains(second));
    const auto attempts = two_people.effects(0).of_kind("double_spend");
    ASSERT_EQ(attempts.size(), 1U);
    EXPECT_EQ(attempts[0].fact, first.value);
    EXPECT_EQ(attempts[0].other, second.value);
    EXPECT_TRUE(attempts[0].pays_us);
    EXPECT_EQ(two_people.effects(0).of_kind("payment_refused").at(0).detail, "conflict");
    EXPECT_TRUE(stranger->connected) << "who relays it may have seen it first";
    const auto other = two_people.stranger(0);
    two_people.run_for(seconds(5));
    EXPECT_EQ(told_to(*other), std::vector{first});
}

TEST_F(PaymentTravel, SpendingAConfirmedCoinAgainIsAnAttemptToo) {
    const auto first = payment(0);
    brings(*one, first);
    network.mine(0);
    const auto second =
        network.archive().add_transaction(network.payment(0, 0, Person{"somebody else"}.owner));
    brings(*two, second);
    const auto attempts = network.effects(0).of_kind("double_spend");
    ASSERT_EQ(attempts.size(), 1U);
    EXPECT_EQ(attempts[0].fact, first.value);
    EXPECT_EQ(attempts[0].other, second.value);
    EXPECT_FALSE(attempts[0].pays_us) << "it is our own payment";
    EXPECT_EQ(network.effects(0).of_kind("payment_refused").at(0).detail, "coin_already_spent");
    EXPECT_TRUE(two->connected);
    announces(*three, {second});
    EXPECT_TRUE(asked_of(*three).empty()) << "refused once";
}

TEST_F(PaymentTravel, AForgedPaymentIsItsSendersFault) {
    Transaction forged = network.payment(0, 0, network.person(9).owner);
    forged.inputs[0].signature.bytes[40] ^= 1U;
    brings(*one, network.archive().add_transaction(forged));
    EXPECT_FALSE(one->connected);
    EXPECT_EQ(dropped_for(), "invalid_payment");
    EXPECT_EQ(network.effects(0).of_kind("payment_refused").at(0).detail, "bad_signature");
    EXPECT_TRUE(network.effects(0).of_kind("double_spend").empty());
}

TEST_F(PaymentTravel, SpendingAStrangersCoinIsItsSendersFault) {
    const Person thief{"thief"};
    Spend stolen = network.coin(0, 0);
    stolen.owner = &thief;
    brings(*one, network.archive().add_transaction(network.payment_of(stolen, thief.owner)));
    EXPECT_EQ(dropped_for(), "invalid_payment");
    EXPECT_EQ(network.effects(0).of_kind("payment_refused").at(0).detail, "wrong_owner");
}

TEST_F(PaymentTravel, PayingOutMoreThanInIsItsSendersFault) {
    const Spend spend = network.coin(0, 0);
    const Transaction greedy =
        make_payment(std::span{&spend, 1}, {{bezants(2), {}}}, network.archive().parameters());
    brings(*one, network.archive().add_transaction(greedy));
    EXPECT_EQ(dropped_for(), "invalid_payment");
}

TEST_F(PaymentTravel, WhatMayBeValidElsewhereIsNobodysFault) {
    const Spend spend = network.coin(0, 0);
    const Transaction locked = make_payment(std::span{&spend, 1}, {{Amount{5}, {}}},
                                            network.archive().parameters(), Height{9});
    brings(*one, network.archive().add_transaction(locked));
    EXPECT_EQ(network.effects(0).of_kind("payment_refused").at(0).detail, "locked");
    EXPECT_TRUE(one->connected);
}

TEST_F(PaymentTravel, ARefusedPaymentMayComeAgainWhenTheTipMoved) {
    const Spend spend = network.coin(0, 0);
    const Transaction locked = make_payment(std::span{&spend, 1}, {{Amount{5}, {}}},
                                            network.archive().parameters(), Height{2});
    const auto index = network.archive().add_transaction(locked);
    brings(*one, index);
    EXPECT_FALSE(holds(index));
    network.mine(0);
    brings(*two, index);
    EXPECT_TRUE(holds(index));
}

TEST_F(PaymentTravel, TheUserIsToldWhatBecomesOfWhatHeHandsIn) {
    Transaction forged = network.payment(0, 0, network.person(9).owner);
    forged.inputs[0].signature.bytes[40] ^= 1U;
    network.happen(0, PaymentSubmitted{network.archive().add_transaction(forged)});
    EXPECT_EQ(network.effects(0).of_kind("payment_refused").at(0).detail, "bad_signature");
    const auto good = payment(1);
    network.happen(0, PaymentSubmitted{good});
    EXPECT_TRUE(holds(good));
    network.happen(0, PaymentSubmitted{good});
    EXPECT_EQ(network.effects(0).of_kind("payment_refused").at(1).detail, "already_held");
    network.run_for(seconds(5));
    EXPECT_EQ(told_to(*one), std::vector{good});
}

TEST_F(PaymentTravel, AskingForTheSamePaymentsForEverIsFlooding) {
    const auto index = payment(0);
    brings(*one, index);
    network.run_for(seconds(5));
    const GetData request{.payments = std::vector(1'000, index), .blocks = {}};
    for (int i = 0; i < 10; ++i) network.says(*two, request);
    EXPECT_TRUE(two->connected);
    network.says(*two, request);
    EXPECT_EQ(dropped_for(), "flooding");
}

TEST_F(PaymentTravel, AnswersToNothingAreNotLiked) {
    for (int i = 0; i < 5; ++i)
        network.says(*one, NotFound{.payments = {payment(0)}, .blocks = {}});
    EXPECT_EQ(dropped_for(), "unexpected_message");
}

TEST_F(PaymentTravel, WithoutAnIntervalAnnouncementsGoAtOnce) {
    TestNetwork::Settings settings;
    settings.options.announce_interval = {};
    TestNetwork eager{1, settings};
    const auto stranger = eager.stranger(0);
    const auto index =
        eager.archive().add_transaction(eager.payment(0, 0, network.person(9).owner));
    eager.happen(0, PaymentSubmitted{index});
    EXPECT_EQ(told_to(*stranger), std::vector{index});
}

TEST(PaymentRelay, KeepsPlacesWhilePaymentsComeAndGo) {
    const auto all = [](TransactionIndex) { return true; };
    PaymentRelay relay;
    std::uint64_t place = 0;
    for (std::uint32_t i = 0; i < 1'000; ++i) relay.add(TransactionIndex{i});
    EXPECT_EQ(relay.take_unknown(3, place, 10, all).size(), 10U);
    for (std::uint32_t i = 0; i < 1'000; ++i) {
        if (i % 10 != 0) relay.remove(TransactionIndex{i});
    }
    relay.mark_known(TransactionIndex{500}, 3);
    relay.remove(TransactionIndex{990});
    relay.add(TransactionIndex{990});  // held again: to be told again, after all others
    const auto rest = relay.take_unknown(3, place, 1'000, all);
    EXPECT_EQ(rest.size(), 98U);
    EXPECT_EQ(rest.front(), TransactionIndex{10});
    EXPECT_EQ(rest.back(), TransactionIndex{990});
    EXPECT_FALSE(relay.has_more(place));
    EXPECT_TRUE(relay.is_known(TransactionIndex{990}, 3));
    relay.forget_slot(3);
    EXPECT_FALSE(relay.is_known(TransactionIndex{990}, 3));
}

TEST(PaymentRelay, PassesOverWhatIsNotWantedAndDoesNotMarkIt) {
    const auto even = [](TransactionIndex payment) { return payment.value % 2 == 0; };
    PaymentRelay relay;
    std::uint64_t place = 0;
    for (std::uint32_t i = 0; i < 5; ++i) relay.add(TransactionIndex{i});
    EXPECT_EQ(relay.take_unknown(3, place, 10, even).size(), 3U);
    EXPECT_FALSE(relay.has_more(place));
    EXPECT_FALSE(relay.is_known(TransactionIndex{1}, 3));
    EXPECT_TRUE(relay.is_known(TransactionIndex{2}, 3));
}

}  // namespace
}  // namespace bezant::test
