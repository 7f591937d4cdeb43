// SPDX-License-Identifier: Apache-2.0
// Who is let in: hello comes first, once, from another participant of the same network.
#include <gtest/gtest.h>

#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

class Handshake : public testing::Test {
protected:
    std::shared_ptr<Stranger> stranger_who_says(const Message& message) {
        auto stranger = network.stranger(0, false);
        network.says(*stranger, message);
        return stranger;
    }
    std::string dropped_for() {
        const auto dropped = network.effects(0).of_kind("peer_dropped");
        return dropped.empty() ? "" : dropped.back().detail;
    }

    TestNetwork network{1};
};

TEST_F(Handshake, HelloIsSaidToWhoeverConnects) {
    network.mine(0);
    const auto stranger = network.stranger(0, false);
    const auto hellos = stranger->heard<Hello>();
    ASSERT_EQ(hellos.size(), 1U);
    EXPECT_EQ(hellos[0].genesis, network.archive().parameters().genesis_hash);
    EXPECT_EQ(hellos[0].height, Height{1});
    EXPECT_EQ(hellos[0].version, protocol_version);
    EXPECT_EQ(stranger->inbox.size(), 1U) << "nothing more before its hello";
}

TEST_F(Handshake, HeadersAreAskedForAfterHello) {
    const auto stranger = stranger_who_says(network.hello());
    ASSERT_EQ(stranger->heard<GetHeaders>().size(), 1U);
    EXPECT_EQ(stranger->heard<GetHeaders>()[0].locator.back(), genesis_index);
    EXPECT_TRUE(stranger->connected);
}

TEST_F(Handshake, AnotherNetworkIsNotTalkedTo) {
    Hello hello = network.hello();
    hello.genesis.bytes[0] ^= 1U;
    EXPECT_FALSE(stranger_who_says(hello)->connected);
    EXPECT_EQ(dropped_for(), "wrong_network");
}

TEST_F(Handshake, WhoCallsHimselfHangsUp) {
    const auto stranger = network.stranger(0, false);
    network.says(*stranger, stranger->heard<Hello>()[0]);
    EXPECT_FALSE(stranger->connected);
    EXPECT_EQ(dropped_for(), "self");
}

TEST_F(Handshake, NothingMayComeBeforeHello) {
    EXPECT_FALSE(stranger_who_says(Ping{.nonce = 1})->connected);
    EXPECT_EQ(dropped_for(), "unexpected_message");
}

TEST_F(Handshake, MalformedBytesAreNamedAsSuchEvenBeforeHello) {
    EXPECT_FALSE(stranger_who_says(Malformed{.fault = "kind"})->connected);
    EXPECT_EQ(dropped_for(), "malformed_message");
}

TEST_F(Handshake, HelloComesOnce) {
    const auto stranger = network.stranger(0);
    for (int i = 0; i < 4; ++i) network.says(*stranger, network.hello());
    EXPECT_TRUE(stranger->connected);
    network.says(*stranger, network.hello());
    EXPECT_FALSE(stranger->connected);
    EXPECT_EQ(dropped_for(), "unexpected_message");
}

TEST_F(Handshake, WhatComesFromTheDroppedComesToNothing) {
    const auto stranger = stranger_who_says(Ping{.nonce = 1});
    network.happen(0, MessageArrived{.peer = stranger->seen_as, .message = network.hello()});
    EXPECT_EQ(stranger->inbox.size(), 1U);
}

TEST_F(Handshake, PingIsAnswered) {
    const auto stranger = network.stranger(0);
    network.says(*stranger, Ping{.nonce = 99});
    ASSERT_EQ(stranger->heard<Pong>().size(), 1U);
    EXPECT_EQ(stranger->heard<Pong>()[0].nonce, 99U);
}

TEST_F(Handshake, ThePongOfNoPingIsNotLiked) {
    const auto stranger = network.stranger(0);
    for (int i = 0; i < 5; ++i) network.says(*stranger, Pong{.nonce = 7});
    EXPECT_FALSE(stranger->connected);
    EXPECT_EQ(dropped_for(), "unexpected_message");
}

/// Numbers that are seen could be run backwards to all that was drawn, and forwards.
TEST(Nonces, ShowNothingOfWhatIsDrawn) {
    TestNetwork network{1};
    const auto stranger = network.stranger(0);
    network.says(*stranger, Headers{});
    network.run_for(seconds(300));
    std::vector<std::uint64_t> seen;
    for (const Hello& hello : stranger->heard<Hello>()) seen.push_back(hello.nonce);
    for (const Ping& ping : stranger->heard<Ping>()) seen.push_back(ping.nonce);
    ASSERT_EQ(seen.size(), 2U);
    Random drawn = network.random_of(0);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(std::ranges::count(seen, drawn.next()), 0);
}

}  // namespace
}  // namespace bezant::test
