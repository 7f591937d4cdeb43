// SPDX-License-Identifier: Apache-2.0
// Whether a neighbour is there.
#include <gtest/gtest.h>

#include "node/limits.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

class Liveness : public testing::Test {
protected:
    void SetUp() override { network.says(*stranger, Headers{}); }

    TestNetwork network{1};
    std::shared_ptr<Stranger> stranger = network.stranger(0);
};

TEST_F(Liveness, WhoIsQuietIsPinged) {
    network.run_for(seconds(121));
    EXPECT_EQ(stranger->heard<Ping>().size(), 0U) << "it spoke in the first interval";
    network.run_for(seconds(120));
    EXPECT_EQ(stranger->heard<Ping>().size(), 1U);
    network.run_for(seconds(3'000));
    EXPECT_TRUE(stranger->connected);
}

TEST_F(Liveness, WhoSpeaksIsNotPinged) {
    for (int i = 0; i < 20; ++i) {
        network.run_for(seconds(60));
        network.says(*stranger, Ping{.nonce = 1});
    }
    EXPECT_EQ(stranger->heard<Ping>().size(), 0U);
}

TEST_F(Liveness, WhoIsGoneIsLetGo) {
    stranger->answers_pings = false;
    network.run_for(silence_max);
    EXPECT_TRUE(stranger->connected);
    network.run_for(seconds(300));
    EXPECT_FALSE(stranger->connected);
    EXPECT_EQ(network.effects(0).of_kind("peer_dropped").at(0).detail, "silent");
}

TEST_F(Liveness, SettingTheClockMakesNobodySilent) {
    network.run_for(seconds(200));
    network.set_clock_ahead(0, seconds(7'200));
    network.run_for(seconds(600));
    EXPECT_TRUE(stranger->connected);
    network.set_clock_ahead(0, seconds(-7'200));
    network.run_for(seconds(600));
    EXPECT_TRUE(stranger->connected);
}

TEST(Clock, SetBackItStillSeesThatAnAnswerIsOverdue) {
    TestNetwork network{1};
    const auto chain = network.chain_on(genesis_index, 1);
    const auto silent = network.stranger(0);
    network.says(*silent, Headers{.headers = chain});
    network.set_clock_ahead(0, seconds(-3'600));
    silent->answers_pings = false;
    const auto other = network.stranger(0);
    network.says(*other, Headers{.headers = chain});
    network.run_for(seconds(3'700));
    EXPECT_FALSE(other->heard<GetData>().empty());
}

}  // namespace
}  // namespace bezant::test
