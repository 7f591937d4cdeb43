// SPDX-License-Identifier: Apache-2.0
// Which runs are done, and which of them count: the same in whatever order they end.
#include "sweep/schedule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>

#include "base/random.hpp"

namespace bezant::sweep {
namespace {

using testing::ElementsAre;

Plan plan_with(std::uint32_t cells, std::uint32_t seeds) {
    Plan plan;
    plan.seeds = seeds;
    plan.cells.resize(cells);
    return plan;
}

/// What a run has as the measure by which cells end: some cells end early, some never do. A run in
/// seven does not have it.
Schedule::Watched value_of(Job job) {
    if (job.number % 7 == 3) return std::nullopt;
    const double spread = job.cell % 2 == 0 ? 1.0 : 100.0;
    Random random = Random{job.cell}.stream("value", job.number);
    return report::Measure{"x", spread * static_cast<double>(random.below(1'000)) / 1'000.0,
                           report::MeasureKind::number};
}

/// Lets so many workers do all runs; which of them ends next, the random numbers say.
std::set<Job> counted_runs(const Plan& plan, std::size_t workers, Random random,
                           std::set<Job> done_before = {}) {
    Schedule schedule{plan};
    std::set<Job> counted;
    const auto finish = [&](Job job) {
        const auto effect = schedule.finish(job, value_of(job));
        if (effect.counts) counted.insert(job);
        if (effect.closed_at) {
            std::erase_if(counted, [&](Job other) {
                return other.cell == job.cell && other.number >= *effect.closed_at;
            });
        }
    };
    for (const Job job : done_before) finish(job);
    std::vector<Job> running;
    std::set<Job> given_out;
    for (;;) {
        while (running.size() < workers) {
            const auto job = schedule.next();
            if (!job) break;
            EXPECT_TRUE(given_out.insert(*job).second) << "no run is given out twice";
            EXPECT_FALSE(done_before.contains(*job)) << "no run is done again";
            running.push_back(*job);
        }
        if (running.empty()) break;
        const auto place =
            running.begin() + static_cast<std::ptrdiff_t>(random.below(running.size()));
        const Job job = *place;
        running.erase(place);
        finish(job);
    }
    EXPECT_TRUE(schedule.is_complete());
    EXPECT_EQ(schedule.done(), counted.size());
    EXPECT_EQ(schedule.total(), counted.size());
    return counted;
}

StopRule rule() {
    return {.measure = "x", .half_width = 0.3, .relative_half_width = {}, .seeds_min = 4};
}

TEST(Schedule, GivesOutAllRunsInOrder) {
    const Plan plan = plan_with(2, 2);
    Schedule schedule{plan};
    std::vector<Job> jobs;
    while (const auto job = schedule.next()) jobs.push_back(*job);
    EXPECT_THAT(jobs, ElementsAre(Job{0, 0}, Job{0, 1}, Job{1, 0}, Job{1, 1}));
}

TEST(Schedule, DoesNotGiveOutWhatIsThere) {
    const Plan plan = plan_with(2, 2);
    Schedule schedule{plan};
    schedule.finish({0, 1}, {});
    schedule.finish({1, 0}, {});
    std::vector<Job> jobs;
    while (const auto job = schedule.next()) jobs.push_back(*job);
    EXPECT_THAT(jobs, ElementsAre(Job{0, 0}, Job{1, 1}));
    EXPECT_EQ(schedule.done(), 2U);
    EXPECT_EQ(schedule.total(), 4U);
}

TEST(Schedule, DoesWhatIsSurelyNeededFirst) {
    Plan plan = plan_with(2, 10);
    plan.stop = rule();
    Schedule schedule{plan};
    std::vector<Job> jobs;
    for (int i = 0; i < 9; ++i) jobs.push_back(*schedule.next());
    EXPECT_THAT(jobs, ElementsAre(Job{0, 0}, Job{0, 1}, Job{0, 2}, Job{0, 3}, Job{1, 0}, Job{1, 1},
                                  Job{1, 2}, Job{1, 3}, Job{0, 4}));
}

TEST(Schedule, ACellEndsWhenItsIntervalIsTight) {
    Plan plan = plan_with(1, 100);
    plan.stop = rule();
    Schedule schedule{plan};
    for (std::uint32_t number = 0; number < 4; ++number) {
        ASSERT_EQ(schedule.next(), (Job{0, number}));
        const auto effect = schedule.finish(
            {0, number}, report::Measure{"x", 5.0 + 0.1 * number, report::MeasureKind::number});
        EXPECT_EQ(effect.closed_at, number == 3 ? std::optional{4U} : std::nullopt);
    }
    EXPECT_EQ(schedule.next(), std::nullopt);
    EXPECT_TRUE(schedule.is_complete());
    EXPECT_FALSE(schedule.finish({0, 4}, {}).counts);
}

TEST(Schedule, RelativeWidthsAreOfTheMean) {
    Plan plan = plan_with(1, 100);
    plan.stop =
        StopRule{.measure = "x", .half_width = {}, .relative_half_width = 0.1, .seeds_min = 2};
    Schedule schedule{plan};
    for (const double value : {-100.0, -101.0}) {
        const Job job = *schedule.next();
        schedule.finish(job, report::Measure{"x", value, report::MeasureKind::number});
    }
    EXPECT_EQ(schedule.limit(0), 2U);
}

// Of any number of workers, and after any beginning that was cut off, the same runs count.
TEST(Schedule, TheSameRunsCountInWhateverOrderTheyEnd) {
    rc::check([] {
        Plan plan = plan_with(*rc::gen::inRange<std::uint32_t>(1, 6),
                              *rc::gen::inRange<std::uint32_t>(4, 40));
        if (*rc::gen::arbitrary<bool>()) plan.stop = rule();
        const auto in_order = counted_runs(plan, 1, Random{0});
        const auto workers = *rc::gen::inRange<std::size_t>(1, 9);
        const Random random{*rc::gen::arbitrary<std::uint64_t>()};
        RC_ASSERT(counted_runs(plan, workers, random) == in_order);
        std::set<Job> some;
        for (const Job job : in_order) {
            if (*rc::gen::arbitrary<bool>()) some.insert(job);
        }
        RC_ASSERT(counted_runs(plan, workers, random, some) == in_order);
    });
}

TEST(Schedule, SomeCellsOfTheseEndEarlyAndSomeNever) {
    Plan plan = plan_with(2, 40);
    plan.stop = rule();
    const auto counted = counted_runs(plan, 3, Random{1});
    EXPECT_LT(std::ranges::count(counted, 0U, &Job::cell), 40);
    EXPECT_EQ(std::ranges::count(counted, 1U, &Job::cell), 40);
}

}  // namespace
}  // namespace bezant::sweep
