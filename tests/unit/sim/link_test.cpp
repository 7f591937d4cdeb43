// SPDX-License-Identifier: Apache-2.0
#include "sim/link.hpp"

#include <gtest/gtest.h>

#include "tests/seeds.hpp"

namespace bezant::sim {
namespace {

constexpr Time start{1'000'000};

TEST(Link, TakesTheTimeThatItsBandwidthAsksForRoundedUp) {
    EXPECT_EQ(serialisation_time(1'000, 8'000'000), milliseconds(1));
    EXPECT_EQ(serialisation_time(1, 8'000'000), microseconds(1));
    EXPECT_EQ(serialisation_time(1, 3'000'000), microseconds(3));
    EXPECT_EQ(serialisation_time(4'000'000, 1'000'000), seconds(32));
    EXPECT_EQ(serialisation_time(4'000'000, 0), Duration{});
}

TEST(Link, QueuesMessagesBehindOneAnother) {
    const LinkQuality quality{.latency = milliseconds(50), .bandwidth_bps = 8'000'000};
    LinkDirection link;
    Random random{1};
    EXPECT_EQ(link.send(start, 10'000, quality, random), start + milliseconds(10 + 50));
    EXPECT_EQ(link.send(start, 10'000, quality, random), start + milliseconds(20 + 50));
    EXPECT_EQ(link.send(start + milliseconds(15), 1'000, quality, random),
              start + milliseconds(21 + 50));
    EXPECT_EQ(link.send(start + milliseconds(100), 1'000, quality, random),
              start + milliseconds(101 + 50));
}

TEST(Link, QueuesBehindWhatLeavesOnTheSameLineToOthers) {
    const LinkQuality fast{.latency = milliseconds(50), .bandwidth_bps = 8'000'000};
    const LinkQuality slow{.latency = milliseconds(5), .bandwidth_bps = 800'000};
    LinkDirection there;
    LinkDirection elsewhere;
    Upload line;
    Random random{1};
    EXPECT_EQ(there.send(line, start, 10'000, fast, random), start + milliseconds(10 + 50));
    EXPECT_EQ(elsewhere.send(line, start, 1'000, slow, random), start + milliseconds(20 + 5));
    EXPECT_EQ(there.send(line, start, 1'000, fast, random), start + milliseconds(21 + 50));
    EXPECT_EQ(elsewhere.send(line, start + milliseconds(30), 1'000, slow, random),
              start + milliseconds(40 + 5));
}

TEST(Link, DrawsNothingWithoutJitterAndLoss) {
    LinkDirection link;
    Random used{7};
    Random fresh{7};
    static_cast<void>(link.send(start, 100, {.latency = milliseconds(1)}, used));
    EXPECT_EQ(used.next(), fresh.next());
}

TEST(Link, LetsNoMessageOvertakeAnother) {
    for (std::uint64_t seed = 0; seed < test::seeds_to_try(50); ++seed) {
        Random random{seed};
        const LinkQuality quality{.latency = milliseconds(20),
                                  .jitter = milliseconds(30),
                                  .bandwidth_bps = 10'000'000,
                                  .loss = 200'000,
                                  .retransmit_after = milliseconds(200)};
        LinkDirection link;
        Time leave = start;
        Time last;
        for (int i = 0; i < 200; ++i) {
            leave = leave + Duration{random.between(0, 20'000)};
            const std::size_t bytes = random.below(2'000);
            const Time arrival = link.send(leave, bytes, quality, random);
            ASSERT_GE(arrival, last) << "seed " << seed;
            ASSERT_GE(arrival,
                      leave + quality.latency + serialisation_time(bytes, quality.bandwidth_bps));
            last = arrival;
        }
    }
}

TEST(Link, DelaysByEachLoss) {
    const LinkQuality quality{
        .latency = milliseconds(10), .loss = 250'000, .retransmit_after = milliseconds(200)};
    Random random{3};
    std::int64_t losses = 0;
    constexpr int messages = 20'000;
    for (int i = 0; i < messages; ++i) {
        LinkDirection fresh;
        const Duration delay = fresh.send(start, 100, quality, random) - start;
        ASSERT_EQ((delay - quality.latency).microseconds % 200'000, 0);
        losses += (delay - quality.latency).microseconds / 200'000;
    }
    // Geometric: 1/3 a message on average, with a deviation of 0.667 a message.
    EXPECT_NEAR(static_cast<double>(losses) / messages, 1.0 / 3.0, 4 * 0.667 / 141.4);
}

TEST(Link, GetsThroughEvenWhenEverythingIsLost) {
    const LinkQuality quality{.loss = one_million, .retransmit_after = milliseconds(200)};
    LinkDirection link;
    Random random{3};
    EXPECT_EQ(link.send(start, 1, quality, random), start + seconds(20));
}

}  // namespace
}  // namespace bezant::sim
