// SPDX-License-Identifier: Apache-2.0
#include "sim/mining.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/network_parameters.hpp"

namespace bezant::sim {
namespace {

constexpr Time start{1'767'225'600'000'000};

struct Find {
    Time at;
    ParticipantId who = 0;
};

/// Lets `mining` run by itself until so many blocks have been found.
std::vector<Find> run(Mining& mining, Timeline& timeline, std::size_t count) {
    std::vector<Find> finds;
    while (finds.size() < count && !timeline.empty()) {
        const auto [order, slot] = timeline.next();
        const std::uint64_t number = timeline.happening(slot).number;
        if (order.kind() == EventKind::mining_slice) {
            mining.slice(order.destination(), number);
        } else if (mining.claim(order.destination(), number)) {
            finds.push_back({order.at(), order.destination()});
        }
        timeline.release(slot);
    }
    return finds;
}

TEST(SampledMining, FollowsTheExponentialLaw) {
    Timeline timeline{start, 1};
    // A block takes 1,000 hashes, the miner makes 100 a second: 10 s on average.
    SampledMining mining{timeline, {{100'000'000}}, target_of_hashes(1'000), Random{11}};
    mining.switched(0, true);
    constexpr std::size_t count = 100'000;
    const auto finds = run(mining, timeline, count);
    std::vector<double> gaps;
    Time last = start;
    for (const Find& find : finds) {
        gaps.push_back(static_cast<double>((find.at - last).microseconds) / 1e6);
        last = find.at;
    }
    double sum = 0;
    for (const double gap : gaps) sum += gap;
    const double mean = sum / count;
    EXPECT_NEAR(mean, 10.0, 4 * 10.0 / std::sqrt(count));
    std::ranges::sort(gaps);
    for (const double share : {0.1, 0.5, 0.9, 0.99}) {
        const double exact = -10.0 * std::log(1.0 - share);
        // Deviation of a sample's quantile: sqrt(p (1 - p) / n) over the density there.
        const double deviation = std::sqrt(share * (1.0 - share) / count) / ((1.0 - share) / 10.0);
        EXPECT_NEAR(gaps[static_cast<std::size_t>(share * count)], exact, 4 * deviation) << share;
    }
}

TEST(SampledMining, SharesBlocksInProportionToHashRates) {
    const std::array<std::uint64_t, 4> rates{10, 20, 30, 40};
    std::vector<HashRate> hash_rates;
    for (const std::uint64_t rate : rates) hash_rates.push_back({rate * 1'000'000});
    Timeline timeline{start, rates.size()};
    SampledMining mining{timeline, hash_rates, target_of_hashes(1'000), Random{12}};
    for (ParticipantId who = 0; who < rates.size(); ++who) mining.switched(who, true);
    constexpr std::size_t count = 40'000;
    std::array<double, rates.size()> found{};
    for (const Find& find : run(mining, timeline, count)) ++found[find.who];
    double chi_squared = 0;
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const double expected = count * static_cast<double>(rates[i]) / 100.0;
        chi_squared += (found[i] - expected) * (found[i] - expected) / expected;
    }
    // Three degrees of freedom: above 16.3 in one of a thousand fair runs.
    EXPECT_LT(chi_squared, 16.3);
}

TEST(SampledMining, KeepsItsDrawUnlessTheTargetChanges) {
    const auto first_find = [](bool retarget, CompactTarget target) {
        Timeline timeline{start, 1};
        SampledMining mining{timeline, {{100'000'000}}, target_of_hashes(1'000), Random{13}};
        mining.switched(0, true);
        mining.work_on(0, {}, start);
        if (retarget) mining.retarget(0, target);
        return run(mining, timeline, 1).front().at;
    };
    const Time kept = first_find(false, {});
    EXPECT_EQ(first_find(true, target_of_hashes(1'000)), kept);
    EXPECT_NE(first_find(true, target_of_hashes(2'000)), kept);
}

TEST(SampledMining, HasTheMeanOfTheNewTargetAfterAChange) {
    Timeline timeline{start, 1};
    SampledMining mining{timeline, {{100'000'000}}, target_of_hashes(1'000), Random{14}};
    mining.switched(0, true);
    constexpr std::size_t count = 20'000;
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        // Changed twice before each block: only the last one counts.
        mining.retarget(0, target_of_hashes(50'000));
        mining.retarget(0, target_of_hashes(3'000));
        const Time before = timeline.now();
        sum += static_cast<double>((run(mining, timeline, 1).front().at - before).microseconds);
    }
    EXPECT_NEAR(sum / count / 1e6, 30.0, 4 * 30.0 / std::sqrt(count));
}

TEST(SampledMining, FindsNothingWhileOffOrWithoutHashes) {
    Timeline timeline{start, 2};
    SampledMining mining{timeline, {{100'000'000}, {0}}, target_of_hashes(1'000), Random{15}};
    mining.switched(0, true);
    mining.switched(1, true);
    mining.switched(0, false);
    EXPECT_TRUE(run(mining, timeline, 1).empty());
}

MiningJob job_of(std::uint64_t number) {
    MiningJob job{.job = number, .header = {}};
    job.header.target = target_of_hashes(500);
    job.header.time = static_cast<std::uint32_t>(number);
    return job;
}

TEST(SearchedMining, DropsWhatAReplacedJobWouldHaveFound) {
    const auto find_of = [](std::vector<std::uint64_t> jobs) {
        Timeline timeline{start, 1};
        SearchedMining mining{timeline, {{100'000'000}}};
        for (const std::uint64_t job : jobs) mining.work_on(0, job_of(job), start);
        return run(mining, timeline, 10);
    };
    const auto alone = find_of({2});
    const auto replaced = find_of({1, 2});
    ASSERT_EQ(alone.size(), 1U);
    ASSERT_EQ(replaced.size(), 1U);
    EXPECT_EQ(alone.front().at, replaced.front().at);
}

TEST(SearchedMining, StopsWhenToldTo) {
    Timeline timeline{start, 1};
    SearchedMining mining{timeline, {{100'000'000}}};
    mining.work_on(0, job_of(1), start);
    mining.stop(0);
    EXPECT_TRUE(run(mining, timeline, 1).empty());
}

TEST(SearchedMining, TakesHashesPerBlockOnAverage) {
    Timeline timeline{start, 1};
    SearchedMining mining{timeline, {{100'000'000}}};
    constexpr std::size_t count = 2'000;
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Time before = timeline.now();
        mining.work_on(0, job_of(i), before);
        sum += static_cast<double>((run(mining, timeline, 1).front().at - before).microseconds);
    }
    EXPECT_NEAR(sum / count / 1e6, 5.0, 4 * 5.0 / std::sqrt(count));
}

}  // namespace
}  // namespace bezant::sim
