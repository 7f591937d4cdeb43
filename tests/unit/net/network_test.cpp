// SPDX-License-Identifier: Apache-2.0
// Connections without a ledger: two and more networks in one loop, on sockets of this machine.
#include "net/network.hpp"

#include <gmock/gmock.h>

#include "tests/unit/net/network_sides.hpp"

namespace bezant::net {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_F(NetworkTest, CarriesMessagesBothWaysInOrder) {
    Side alice{loop_, "alice"};
    Side bob{loop_, "bob"};
    bob.echoes = true;
    ASSERT_TRUE(connect(alice, bob));
    EXPECT_TRUE(alice.connections.front().outbound);
    EXPECT_FALSE(bob.connections.front().outbound);
    EXPECT_EQ(alice.network->peers().front().identity, bob.key());
    std::vector<Bytes> sent;
    for (std::size_t i = 0; i < 2'000; ++i) {
        sent.emplace_back(1 + i * i % 1'000, static_cast<Byte>(i));
        alice.network->send(alice.only_peer(), sent.back());
    }
    ASSERT_TRUE(until([&] { return alice.messages.size() == sent.size(); }));
    EXPECT_EQ(bob.messages, sent);
    EXPECT_EQ(alice.messages, sent);
    const PeerReport about = alice.network->peers().front();
    EXPECT_EQ(about.messages_sent, sent.size());
    EXPECT_EQ(about.messages_received, sent.size());
    EXPECT_EQ(about.bytes_sent, about.bytes_received);
    EXPECT_EQ(about.bytes_waiting, 0U);
}

TEST_F(NetworkTest, TellsOfTheEndOfAConnectionOnce) {
    Side alice{loop_, "alice"};
    Side bob{loop_, "bob"};
    ASSERT_TRUE(connect(alice, bob));
    const PeerId peer = bob.only_peer();
    alice.network->disconnect(alice.only_peer(), Misconduct::flooding);
    ASSERT_TRUE(until([&] { return !bob.lost.empty(); }));
    EXPECT_THAT(bob.lost, ElementsAre(peer));
    EXPECT_THAT(bob.network->peers(), IsEmpty());
    EXPECT_THAT(alice.lost, IsEmpty());
    EXPECT_THAT(alice.reasons, ElementsAre(std::string{to_text(Misconduct::flooding)}));
}

TEST_F(NetworkTest, TellsOfACallThatFails) {
    Side alice{loop_, "alice"};
    Side bob{loop_, "bob"};
    const NetworkAddress address = bob.listen();
    bob.network->close();
    alice.network->dial(address);
    ASSERT_TRUE(until([&] { return !alice.failed.empty(); }));
    EXPECT_THAT(alice.failed, ElementsAre(address));
}

TEST_F(NetworkTest, SendsLargeBlocksOneAfterTheOther) {
    Side alice{loop_, "alice"};
    Side bob{loop_, "bob"};
    ASSERT_TRUE(greet(alice, bob));
    const PeerId peer = alice.only_peer();
    for (std::uint32_t i = 0; i < 100; ++i) alice.network->send_block(peer, BlockIndex{i});
    EXPECT_LT(alice.network->find(peer)->bytes_waiting, 1'000U);
    EXPECT_THAT(alice.blocks_asked, IsEmpty());
    ASSERT_TRUE(until([&] { return bob.messages.size() == 10; }));
    // What lies in the system's buffers, and what is being written, is far less than the rest.
    EXPECT_LT(alice.blocks_asked.size(), 20U);
}

TEST_F(NetworkTest, StopsReadingFromWhoeverDoesNotRead) {
    NetworkLimits limits = usual_limits();
    limits.connection.reads_pause_bytes = 100'000;
    Side alice{loop_, "alice"};
    Side bob{loop_, "bob", limits};
    ASSERT_TRUE(greet(alice, bob));
    bob.network->send(bob.only_peer(), Bytes(4'000'000));
    alice.network->send(alice.only_peer(), Bytes(1));
    alice.network->send(alice.only_peer(), Bytes(2));
    // The second is looked at when the answer to the first has gone.
    ASSERT_TRUE(until([&] { return bob.messages.size() == 1; }));
    const bool was_waiting =
        bob.network->peers().front().bytes_waiting > 100'000 || alice.messages.size() == 1;
    EXPECT_TRUE(was_waiting);
    ASSERT_TRUE(until([&] { return bob.messages.size() == 1; }));
    EXPECT_GT(bob.network->peers().front().bytes_waiting, 100'000U);
    ASSERT_TRUE(until([&] { return bob.messages.size() == 2; }));
    EXPECT_LE(bob.network->peers().front().bytes_waiting, 100'000U);
}

TEST_F(NetworkTest, LetsGoOfWhoeverTakesTooLittle) {
    NetworkLimits limits = usual_limits();
    limits.connection.waiting_bytes_max = 1'000'000;
    Side alice{loop_, "alice", limits};
    Side bob{loop_, "bob"};
    ASSERT_TRUE(greet(alice, bob));
    for (std::size_t i = 0; i < 10; ++i) alice.network->send(alice.only_peer(), Bytes(300'000));
    EXPECT_LE(alice.network->peers().front().bytes_waiting, 1'500'000U);
    EXPECT_THAT(alice.lost, IsEmpty()) << "not from inside of the call";
    ASSERT_TRUE(until([&] { return !alice.lost.empty(); }));
    EXPECT_THAT(alice.reasons, ElementsAre("takes too little"));
}

TEST_F(NetworkTest, KeepsOneConnectionBetweenTwoNodes) {
    Side alice{loop_, "alice"};
    Side bob{loop_, "bob"};
    const NetworkAddress at_alice = alice.listen();
    const NetworkAddress at_bob = bob.listen();
    alice.network->keep_calling(at_bob);
    bob.network->keep_calling(at_alice);
    Side& less = alice.key() < bob.key() ? alice : bob;
    // However many are tried, the one that stays is made by the node with the lesser key.
    const auto settled = [&] {
        return alice.network->peers().size() == 1 && bob.network->peers().size() == 1 &&
               less.network->peers().front().outbound;
    };
    ASSERT_TRUE(until(settled));
    const std::size_t refusals = alice.refusals.size() + bob.refusals.size();
    ASSERT_TRUE(until([&] { return alice.refusals.size() + bob.refusals.size() > refusals + 3; }));
    EXPECT_TRUE(settled());
}

TEST_F(NetworkTest, TakesTheNewerOfTwoConnectionsMadeByTheSameSide) {
    Side alice{loop_, "alice"};
    Side bob{loop_, "bob"};
    const NetworkAddress at_bob = bob.listen();
    alice.network->dial(at_bob);
    ASSERT_TRUE(until([&] { return bob.connections.size() == 1; }));
    const PeerId first = bob.only_peer();
    alice.network->dial(at_bob);
    ASSERT_TRUE(until([&] { return bob.connections.size() == 2; }));
    EXPECT_THAT(bob.lost, ElementsAre(first));
    EXPECT_THAT(bob.network->peers(), SizeIs(1));
}

TEST_F(NetworkTest, CallsAgainUntilItIsTold) {
    Side alice{loop_, "alice"};
    Side bob{loop_, "bob"};
    const NetworkAddress at_bob = bob.listen();
    alice.network->keep_calling(at_bob);
    for (std::size_t i = 1; i <= 4; ++i) {
        ASSERT_TRUE(until([&] {
            return bob.connections.size() == i && !bob.network->peers().empty();
        })) << i;
        bob.network->hang_up(bob.only_peer(), "a test");
    }
    EXPECT_THAT(alice.network->called(), ElementsAre(at_bob));
    EXPECT_TRUE(alice.network->stop_calling(at_bob));
    EXPECT_FALSE(alice.network->stop_calling(at_bob));
    EXPECT_THAT(alice.network->called(), IsEmpty());
}

// Were each call later than the last, the last of these would come after some minutes.
TEST_F(NetworkTest, CallsAgainAtOnceWhoeverWasThereForLong) {
    NetworkLimits limits = usual_limits();
    limits.redial = {.first = milliseconds(1), .longest = seconds(3'600), .lasting = Duration{}};
    Side alice{loop_, "alice", limits};
    Side bob{loop_, "bob"};
    alice.network->keep_calling(bob.listen());
    for (std::size_t i = 1; i <= 18; ++i) {
        ASSERT_TRUE(until([&] {
            return bob.connections.size() == i && !bob.network->peers().empty();
        })) << i;
        bob.network->hang_up(bob.only_peer(), "a test");
    }
}

TEST_F(NetworkTest, CallsOnceAndNotAgain) {
    Side alice{loop_, "alice"};
    Side bob{loop_, "bob"};
    const NetworkAddress at_bob = bob.listen();
    alice.network->call_once(at_bob);
    ASSERT_TRUE(until([&] { return bob.connections.size() == 1; }));
    EXPECT_THAT(alice.network->called(), IsEmpty());
    bob.network->hang_up(bob.only_peer(), "a test");
    ASSERT_TRUE(until([&] { return alice.lost.size() == 1; }));
    // Whoever is called again and again would have been by the time that another one was.
    Side carol{loop_, "carol"};
    alice.network->dial(carol.listen());
    ASSERT_TRUE(until([&] { return carol.connections.size() == 1; }));
    EXPECT_EQ(bob.connections.size(), 1U);
}

TEST_F(NetworkTest, CallsAgainWhoeverWasNotThere) {
    Side alice{loop_, "alice"};
    NetworkAddress at_bob;
    {
        Side bob{loop_, "bob"};
        at_bob = bob.listen();
    }
    alice.network->keep_calling(at_bob);
    ASSERT_TRUE(until([&] { return alice.refusals.size() >= 2; }));
    Side bob{loop_, "bob"};
    ASSERT_TRUE(bob.network->listen({at_bob}));
    EXPECT_TRUE(until([&] { return bob.connections.size() == 1; }));
}

TEST_F(NetworkTest, SpeaksNotWithABannedHost) {
    Side alice{loop_, "alice"};
    Side bob{loop_, "bob"};
    bob.banned = any_port.host;
    const NetworkAddress at_bob = bob.listen();
    alice.network->dial(at_bob);
    ASSERT_TRUE(until([&] { return !alice.failed.empty(); }));
    EXPECT_THAT(bob.refusals, ElementsAre("its host is banned"));
    bob.network->dial(alice.listen());
    ASSERT_TRUE(until([&] { return !bob.failed.empty(); }));
    EXPECT_THAT(bob.connections, IsEmpty());
}

TEST_F(NetworkTest, HasRoomForSoManyCallers) {
    NetworkLimits limits = usual_limits();
    limits.callers.inbound_max = 3;
    Side bob{loop_, "bob", limits};
    const NetworkAddress at_bob = bob.listen();
    std::vector<std::unique_ptr<Side>> callers;
    for (const char* const name : {"1", "2", "3"}) {
        callers.push_back(std::make_unique<Side>(loop_, name));
        callers.back()->network->dial(at_bob);
    }
    ASSERT_TRUE(until([&] { return bob.connections.size() == 3; }));
    Side late{loop_, "late"};
    late.network->dial(at_bob);
    ASSERT_TRUE(until([&] { return !late.failed.empty(); }));
    EXPECT_THAT(bob.refusals, ElementsAre("too many have called"));
}

TEST_F(NetworkTest, GreetsSoManyAtOnce) {
    NetworkLimits limits = usual_limits();
    limits.callers.handshakes_max = 2;
    limits.handshake_time_max = milliseconds(200);
    Side bob{loop_, "bob", limits};
    const auto at_bob =
        bob.network->listen({any_port})
            ? boost::asio::ip::tcp::endpoint{boost::asio::ip::address_v4::loopback(),
                                             bob.network->listens_at()[0].port}
            : boost::asio::ip::tcp::endpoint{};
    std::vector<boost::asio::ip::tcp::socket> mute;
    for (int i = 0; i < 3; ++i) mute.emplace_back(loop_).connect(at_bob);
    ASSERT_TRUE(until([&] { return !bob.refusals.empty(); }));
    EXPECT_EQ(bob.refusals.front(), "too many are being greeted");
    // When those that say nothing have been let go, others are welcome.
    ASSERT_TRUE(until([&] { return bob.refusals.size() == 3; }));
    Side alice{loop_, "alice"};
    alice.network->dial({.host = any_port.host, .port = at_bob.port()});
    EXPECT_TRUE(until([&] { return bob.connections.size() == 1; }));
}

TEST_F(NetworkTest, MayBeDroppedTheMomentItIsConnected) {
    Side alice{loop_, "alice"};
    Side bob{loop_, "bob"};
    bob.drops_at_once = true;
    alice.network->keep_calling(bob.listen());
    EXPECT_TRUE(until([&] { return bob.connections.size() >= 3; }));
    EXPECT_THAT(bob.lost, IsEmpty());
}

/// Ten bytes to begin with, for first messages are short, and as many more as an answer may have.
std::vector<Bytes> said_before_leaving() { return {Bytes(10, 1), Bytes(22'000, 2)}; }

TEST_F(NetworkTest, SendsWhatItHasSaidToWhomItHasNoRoomFor) {
    Side alice{loop_, "alice"};
    Side bob{loop_, "bob"};
    // What lies unread when a connection ends must not cost her what is under way to her.
    alice.says = {Bytes(10, 3), Bytes(20'000, 4)};
    bob.says = said_before_leaving();
    bob.drops_at_once = true;
    alice.network->dial(bob.listen());
    ASSERT_TRUE(until([&] { return !alice.lost.empty(); }));
    EXPECT_EQ(alice.messages, said_before_leaving());
    EXPECT_THAT(bob.messages, IsEmpty()) << "he listens no more";
    EXPECT_THAT(bob.lost, IsEmpty());
    EXPECT_THAT(bob.network->peers(), IsEmpty());
}

TEST_F(NetworkTest, SendsNothingMoreToWhomeverItDropsForMisconduct) {
    Side alice{loop_, "alice"};
    Side bob{loop_, "bob"};
    bob.says = said_before_leaving();
    bob.drops_at_once = true;
    bob.drops_for = Misconduct::flooding;
    alice.network->dial(bob.listen());
    ASSERT_TRUE(until([&] { return !alice.lost.empty(); }));
    EXPECT_THAT(alice.messages, IsEmpty());
}

TEST_F(NetworkTest, SaysWhereItCannotListen) {
    Side alice{loop_, "alice"};
    Side bob{loop_, "bob"};
    const NetworkAddress taken = alice.listen();
    const auto listening = bob.network->listen({any_port, taken});
    ASSERT_FALSE(listening);
    EXPECT_NE(listening.error().what.find(to_text(taken)), std::string::npos);
    EXPECT_THAT(bob.network->listens_at(), IsEmpty());
}

TEST_F(NetworkTest, ListensAtIpv6) {
    Side alice{loop_, "alice"};
    Side bob{loop_, "bob"};
    Host loopback;
    loopback.bytes.back() = 1;
    if (!bob.network->listen({{.host = loopback, .port = 0}})) GTEST_SKIP() << "no IPv6 here";
    alice.network->dial(bob.network->listens_at().front());
    EXPECT_TRUE(until([&] { return bob.connections.size() == 1; }));
    EXPECT_EQ(bob.connections.front().address->host, loopback);
}

}  // namespace
}  // namespace bezant::net
