// SPDX-License-Identifier: Apache-2.0
#include "sim/nonce_search.hpp"

#include <gtest/gtest.h>

#include <tuple>

#include "sim/network_parameters.hpp"
#include "tests/seeds.hpp"

namespace bezant::sim {
namespace {

constexpr Time start{1'767'225'600'000'000};

MiningJob job_of(std::uint64_t seed, std::uint64_t hashes) {
    MiningJob job{.job = seed, .header = {}};
    job.header.target = target_of_hashes(hashes);
    job.header.time = static_cast<std::uint32_t>(seed);
    return job;
}

/// Searches slice by slice until a nonce is found.
NonceSearch::Found search(const MiningJob& job, HashRate rate, std::uint64_t slice) {
    NonceSearch search{job, start, rate, slice};
    for (;;) {
        if (const auto found = search.search_slice()) return *found;
    }
}

TEST(NonceSearch, FindsTheFirstNonceAtTheMomentOfItsAttempt) {
    const MiningJob job = job_of(1, 1'000);
    const auto [nonce, at] = search(job, {50'000'000}, 64);  // 50 hashes a second
    BlockHeader header = job.header;
    header.nonce = nonce;
    const Uint256 target = *target_from_compact(header.target);
    EXPECT_TRUE(meets_target(block_hash(header), target));
    for (header.nonce = 0; header.nonce < nonce; ++header.nonce) {
        ASSERT_FALSE(meets_target(block_hash(header), target));
    }
    EXPECT_EQ(at, start + milliseconds(20) * (std::int64_t{nonce} + 1));
}

TEST(NonceSearch, HasAWinnerThatDoesNotDependOnTheSizeOfSlices) {
    const std::array<std::uint64_t, 4> slices{1, 7, 64, 5'000};
    for (std::uint64_t seed = 0; seed < test::seeds_to_try(20); ++seed) {
        std::array<std::tuple<Time, std::uint64_t, std::uint32_t>, slices.size()> winners;
        for (std::size_t i = 0; i < slices.size(); ++i) {
            winners[i] = {Time{INT64_MAX}, 0, 0};
            for (std::uint64_t miner = 0; miner < 5; ++miner) {
                const MiningJob job = job_of(seed * 5 + miner, 500);
                const HashRate rate{(miner + 1) * 1'333'333};
                const auto found = search(job, rate, slices[i]);
                winners[i] = std::min(winners[i], {found.at, miner, found.nonce});
            }
            EXPECT_EQ(winners[i], winners[0]) << "seed " << seed << ", slices of " << slices[i];
        }
    }
}

TEST(NonceSearch, ReachesASliceWhenTheLastOneIsOver) {
    NonceSearch search{job_of(1, UINT64_MAX), start, {2'000'000}, 10};  // two hashes a second
    EXPECT_EQ(search.next_slice(), start);
    EXPECT_FALSE(search.search_slice());
    EXPECT_EQ(search.next_slice(), start + seconds(5));
}

TEST(HashRate, TakesTheTimeOfItsHashesRoundedUp) {
    EXPECT_EQ(time_of_hashes(1, {1'000'000}), seconds(1));
    EXPECT_EQ(time_of_hashes(10, {3'000'000}), microseconds(3'333'334));
    EXPECT_EQ(time_of_hashes(0, {1}), Duration{});
    EXPECT_GT(time_of_hashes(UINT64_MAX, {1}), seconds(86'400LL * 365'000));
}

TEST(HashRate, IsSharedEquallyAmongMinersOrAsShared) {
    Scenario scenario;
    MiningSettings& settings = scenario.mining;
    scenario.participants = 5;
    settings.hash_rate = 100;
    settings.miners = 4;
    const auto equal = hash_rates(scenario);
    EXPECT_EQ(equal[0].per_million_seconds, 25'000'000U);
    EXPECT_EQ(equal[3].per_million_seconds, 25'000'000U);
    EXPECT_EQ(equal[4].per_million_seconds, 0U);
    settings.miners.reset();
    settings.shares = {600'001, 399'999};
    scenario.participants = 2;
    const auto shared = hash_rates(scenario);
    EXPECT_EQ(shared[0].per_million_seconds, 60'000'100U);
    EXPECT_EQ(shared[1].per_million_seconds, 39'999'900U);
}

}  // namespace
}  // namespace bezant::sim
