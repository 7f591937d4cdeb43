// SPDX-License-Identifier: Apache-2.0
// The small parts that a participant's memory of its neighbours is made of.
#include <gtest/gtest.h>

#include <set>

#include "node/known_branches.hpp"
#include "node/open_requests.hpp"
#include "node/payment_requests.hpp"
#include "node/peer_set.hpp"
#include "node/peers.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

TEST(PeerSet, IsASet) {
    Random random{5};
    PeerSet peers;
    std::set<std::uint32_t> twin;
    for (int i = 0; i < 20'000; ++i) {
        const auto slot = static_cast<std::uint32_t>(random.below(200));
        if (random.chance(1, 2)) {
            peers.insert(slot);
            twin.insert(slot);
        } else {
            peers.erase(slot);
            twin.erase(slot);
        }
        const auto asked = static_cast<std::uint32_t>(random.below(400));
        ASSERT_EQ(peers.contains(asked), twin.contains(asked));
    }
}

TEST(Peers, AreGoneThroughInTheOrderOfTheirIdsAndReuseSlots) {
    Peers peers;
    for (const std::uint32_t id : {7U, 3U, 9U}) peers.add(PeerId{id}).greeted = true;
    std::vector<std::uint32_t> ids;
    for (const Peer& peer : peers.greeted()) ids.push_back(peer.id.value);
    EXPECT_EQ(ids, (std::vector{3U, 7U, 9U}));
    const std::uint32_t slot = peers.find(PeerId{3})->slot;
    peers.remove(PeerId{7});
    peers.remove(PeerId{3});
    EXPECT_EQ(peers.find(PeerId{3}), nullptr);
    EXPECT_EQ(peers.add(PeerId{11}).slot, 0U);
    EXPECT_EQ(peers.add(PeerId{12}).slot, slot);
    EXPECT_EQ(peers.add(PeerId{13}).slot, 3U);
}

TEST(KnownBranches, HoldAncestorsAndForgetTheWeakest) {
    TestNetwork network{1};
    const BlockTree& blocks = network.archive().blocks();
    KnownBranches known;
    EXPECT_EQ(known.last_shared(genesis_index, blocks), genesis_index);
    const auto trunk = network.chain_on(genesis_index, 10);
    known.add(trunk[5], blocks);
    EXPECT_TRUE(known.contains(trunk[2], blocks));
    EXPECT_FALSE(known.contains(trunk[6], blocks));
    EXPECT_EQ(known.last_shared(trunk[9], blocks), trunk[5]);
    known.add(trunk[9], blocks);
    EXPECT_EQ(known.tips().size(), 1U) << "the branch has grown";
    known.add(trunk[3], blocks);
    EXPECT_EQ(known.tips().size(), 1U) << "known already";
    for (const std::size_t height : {4U, 1U, 7U})
        known.add(network.block_on(trunk[height]), blocks);
    const BlockIndex last = network.block_on(trunk[8]);
    known.add(last, blocks);
    EXPECT_TRUE(known.contains(last, blocks));
    EXPECT_TRUE(known.contains(trunk[9], blocks));
    EXPECT_EQ(known.tips().size(), branches_per_peer_max);
    EXPECT_EQ(known.last_shared(network.block_on(last), blocks), last);
}

using Requests = OpenRequests<BlockIndex>;
constexpr Time at(std::int64_t second) { return from_unix_seconds(second); }

TEST(OpenRequests, TimeCountsFromTheLastAnswerInOrder) {
    Requests requests;
    for (std::uint32_t i = 0; i < 3; ++i) requests.add(BlockIndex{i}, at(i));
    EXPECT_EQ(requests.waiting_since(), at(0));
    EXPECT_TRUE(requests.close(BlockIndex{2}, at(5)));
    EXPECT_EQ(requests.waiting_since(), at(0)) << "the oldest is still open";
    EXPECT_TRUE(requests.close(BlockIndex{0}, at(6)));
    EXPECT_EQ(requests.waiting_since(), at(6));
    EXPECT_FALSE(requests.close(BlockIndex{0}, at(7)));
}

TEST(OpenRequests, OnlyWhatWasGivenUpBeforeThePingMustComeBeforeThePong) {
    Requests requests;
    requests.add(BlockIndex{0}, at(0));
    requests.add(BlockIndex{1}, at(0));
    EXPECT_EQ(requests.give_up(), (std::vector{BlockIndex{0}, BlockIndex{1}}));
    EXPECT_TRUE(requests.give_up().empty());
    EXPECT_TRUE(requests.stalled());
    EXPECT_TRUE(requests.has_given_up());
    requests.probe();
    EXPECT_FALSE(requests.has_given_up());
    requests.add(BlockIndex{2}, at(1));
    requests.close(BlockIndex{0}, at(2));
    EXPECT_EQ(requests.asked(), std::vector{BlockIndex{2}});
    EXPECT_EQ(requests.close_probed(at(3)), 1U);
    EXPECT_FALSE(requests.stalled());
    EXPECT_TRUE(requests.contains(BlockIndex{2}));
    EXPECT_EQ(requests.waiting_since(), at(3));
}

constexpr TransactionIndex payment{7};
constexpr PeerId first{1};
constexpr PeerId second{2};
constexpr PeerId third{3};

TEST(PaymentRequests, OneIsAssignedAndTheOthersComeInTurn) {
    PaymentRequests requests;
    EXPECT_TRUE(requests.announced(payment, first));
    EXPECT_FALSE(requests.announced(payment, second));
    EXPECT_FALSE(requests.announced(payment, third));
    EXPECT_FALSE(requests.announced(payment, second)) << "counts once";
    EXPECT_TRUE(requests.is_assigned(payment, first));
    EXPECT_FALSE(requests.reassign(payment, third)) << "it was not to send it";
    EXPECT_EQ(requests.reassign(payment, first), second);
    EXPECT_TRUE(requests.has_others(payment));
    EXPECT_EQ(requests.reassign(payment, second), third);
    EXPECT_FALSE(requests.has_others(payment));
    EXPECT_FALSE(requests.reassign(payment, third));
    EXPECT_FALSE(requests.wanted(payment));
}

TEST(PaymentRequests, ForgettingTellsWhoHasIt) {
    PaymentRequests requests;
    requests.announced(payment, second);
    requests.announced(payment, first);
    const auto announcers = requests.forget(payment);
    EXPECT_EQ(std::vector(announcers.begin(), announcers.end()), (std::vector{first, second}));
    EXPECT_TRUE(requests.forget(payment).empty());
}

TEST(PaymentRequests, AreBounded) {
    PaymentRequests requests;
    for (std::uint32_t i = 0; i < wanted_payments_max; ++i)
        requests.announced(TransactionIndex{i}, first);
    EXPECT_FALSE(requests.announced(TransactionIndex{wanted_payments_max}, first));
    EXPECT_FALSE(requests.wanted(TransactionIndex{wanted_payments_max}));
    for (std::uint32_t peer = 2; peer < 100; ++peer)
        requests.announced(TransactionIndex{0}, PeerId{peer});
    EXPECT_EQ(requests.forget(TransactionIndex{0}).size(), announcers_per_payment_max);
}

}  // namespace
}  // namespace bezant::test
