// SPDX-License-Identifier: Apache-2.0
#include "rules/header_rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "base/hex.hpp"
#include "base/random.hpp"
#include "rules/asert.hpp"
#include "tests/support/block_builder.hpp"

namespace bezant::test {
namespace {

const Parameters local = *built_in_parameters("local");
const Parameters main_network = *built_in_parameters("main");

BlockHeader header_at(std::uint32_t time, CompactTarget target = local.target_limit) {
    BlockHeader header;
    header.time = time;
    header.target = target;
    mine(header);
    return header;
}

TEST(MedianTime, IsTheMiddleOfTheSortedTimes) {
    using Times = std::vector<std::uint32_t>;
    EXPECT_EQ(median_time(Times{5}), 5U);
    EXPECT_EQ(median_time(Times{9, 1}), 9U);
    EXPECT_EQ(median_time(Times{3, 1, 2}), 2U);
    EXPECT_EQ(median_time(Times{11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}), 6U);
    EXPECT_EQ(median_time(Times{0, 0, 0, 0, 0, 7, 9, 9, 9, 9, UINT32_MAX}), 7U);
}

TEST(MedianTime, DoesNotDependOnTheOrder) {
    Random random{2};
    for (int round = 0; round < 500; ++round) {
        std::vector<std::uint32_t> times(1 + random.below(11));
        for (auto& time : times) time = static_cast<std::uint32_t>(random.below(20));
        const std::uint32_t median = median_time(times);
        const auto below = std::ranges::count_if(times, [&](auto time) { return time < median; });
        const auto above = std::ranges::count_if(times, [&](auto time) { return time > median; });
        const auto half = std::ssize(times) / 2;
        EXPECT_LE(below, half);
        EXPECT_LE(above, std::ssize(times) - half - 1);
    }
}

TEST(MedianTimeDeathTest, IsOverOneToElevenBlocks) {
    EXPECT_DEATH((void)median_time({}), "median");
    const std::array<std::uint32_t, 12> twelve{};
    EXPECT_DEATH((void)median_time(twelve), "median");
}

TEST(NextTarget, IsTheLimitOnANetworkOfFixedTarget) {
    EXPECT_EQ(next_target({Height{1000}, 5, 0}, local), local.target_limit);
}

TEST(NextTarget, IsAsertsFromTheGenesisBlockElsewhere) {
    const std::uint32_t start = main_network.genesis.header.time;
    const std::uint32_t interval = main_network.block_interval_seconds;
    // On schedule the target stays, two days ahead of it halves.
    EXPECT_EQ(next_target({Height{999}, start + 1000 * interval, 0}, main_network),
              main_network.target_limit);
    EXPECT_EQ(next_target({Height{1287}, start + 1000 * interval, 0}, main_network),
              CompactTarget{0x1c7fff80});
    // A parent's time may be before genesis.
    EXPECT_EQ(next_target({Height{287}, start - 288 * interval, 0}, main_network),
              CompactTarget{0x1c3fffc0});
}

TEST(HeaderWork, OfOneHashBelowTheTargetIsEnough) {
    EXPECT_TRUE(check_header_work(header_at(7), local));
}

TEST(HeaderWork, ShowsTheHashAndTheTarget) {
    BlockHeader header = header_at(7);
    while (meets_target(block_hash(header), *target_from_compact(header.target))) ++header.nonce;
    const Rejection rejection = check_header_work(header, local).error();
    EXPECT_EQ(rejection.reason, Reason::insufficient_work);
    EXPECT_EQ(rejection.got, "hash " + to_hex_reversed(block_hash(header).view()));
    EXPECT_EQ(rejection.expected, "at most 7fffff" + std::string(58, '0'));
}

// Otherwise anybody could offer endless headers with unknown parents for nothing.
TEST(HeaderWork, IsNotLookedAtWhereBlocksAreGrantedByChance) {
    Parameters sampled = main_network;
    BlockHeader header;
    header.target = sampled.target_limit;
    EXPECT_EQ(check_header_work(header, sampled).error().reason, Reason::insufficient_work);
    sampled.proof_of_work = ProofOfWork::sampled;
    EXPECT_TRUE(check_header_work(header, sampled));
}

TEST(HeaderWork, OnATargetEasierThanTheNetworkEverAllowsIsRefused) {
    const BlockHeader header = header_at(7, CompactTarget{0x2100ffff});
    const Rejection rejection = check_header_work(header, local).error();
    EXPECT_EQ(rejection.reason, Reason::wrong_target);
    EXPECT_EQ(rejection.expected, "no easier than 207fffff");
    EXPECT_TRUE(check_header_work(header_at(7, CompactTarget{0x207ffffe}), local));
}

TEST(HeaderOnParent, MustBeAboveTheMedianTime) {
    const ParentContext parent{Height{3}, 1000, 900};
    EXPECT_EQ(check_header_on_parent(header_at(900), parent, local).error().reason,
              Reason::time_too_early);
    EXPECT_TRUE(check_header_on_parent(header_at(901), parent, local));
}

TEST(HeaderOnParent, MustHaveTheScheduledTarget) {
    const ParentContext parent{Height{3}, 1000, 900};
    const auto harder = header_at(1000, CompactTarget{0x207ffffe});
    EXPECT_EQ(check_header_on_parent(harder, parent, local).error().reason, Reason::wrong_target);
}

TEST(HeaderClock, MayBeAheadByTheNetworksLimitAndNoMore) {
    const Time now = from_unix_seconds(1'000'000) + microseconds(999'999);
    EXPECT_TRUE(check_header_clock(header_at(1'000'000 + 7'200), now, local));
    const Rejection rejection =
        check_header_clock(header_at(1'000'000 + 7'201), now, local).error();
    EXPECT_EQ(rejection.reason, Reason::time_too_late);
    EXPECT_EQ(rejection.got, "1007201");
    EXPECT_EQ(rejection.expected, "at most 1007200");
    EXPECT_TRUE(check_header_clock(header_at(0), now, local));
    EXPECT_FALSE(check_header_clock(header_at(UINT32_MAX), Time{0}, local));
}

}  // namespace
}  // namespace bezant::test
