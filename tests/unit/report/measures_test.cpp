// SPDX-License-Identifier: Apache-2.0
// The numbers of a summary, by their names.
#include "report/measures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bezant::report {
namespace {

using testing::Contains;
using testing::Each;
using testing::Field;
using testing::Not;

sim::Summary example() {
    sim::Summary summary;
    summary.scenario = "example";
    summary.seed = 7;
    summary.blocks = {.mined = 5, .main_chain = 4, .stale = 1};
    summary.propagation.p50 = microseconds(123'456);
    summary.ledger.balanced = true;
    summary.ledger.by_participant = {bezants(1), bezants(2)};
    summary.messages = {{"block", 12}, {"headers", 3}};
    return summary;
}

TEST(Measures, AreTheNumbersOfTheSummary) {
    const auto measures = measures_of(example());
    EXPECT_THAT(measures, Contains(Measure{"blocks.stale", 1, MeasureKind::number}));
    EXPECT_THAT(measures, Contains(Measure{"propagation.p50_ms", 123.456, MeasureKind::number}));
    EXPECT_THAT(measures, Contains(Measure{"ledger.balanced", 1, MeasureKind::proportion}));
    EXPECT_THAT(measures, Contains(Measure{"messages.block", 12, MeasureKind::count}));
    EXPECT_THAT(measures, Contains(Measure{"messages.headers", 3, MeasureKind::count}));
}

TEST(Measures, LeaveOutWhatSaysWhatWasRun) {
    const auto measures = measures_of(example());
    for (const char* name : {"seed", "wall_seconds", "scenario", "version", "digest",
                             "ledger.by_participant", "attack.succeeded"})
        EXPECT_THAT(measures, Not(Contains(Field(&Measure::name, name)))) << name;
    EXPECT_THAT(measures, Each(Field(&Measure::name, Not(""))));
}

TEST(Measures, OfAnAttackAreThere) {
    sim::Summary summary = example();
    summary.attack.emplace();
    summary.attack->succeeded = true;
    EXPECT_THAT(measures_of(summary),
                Contains(Measure{"attack.succeeded", 1, MeasureKind::proportion}));
    EXPECT_THAT(measures_of(summary), Not(Contains(Field(&Measure::name, "attack.theory_odds"))));
    summary.attack->theory_odds = 0.25;
    EXPECT_THAT(measures_of(summary),
                Contains(Measure{"attack.theory_odds", 0.25, MeasureKind::number}));
}

TEST(Measures, OfCompactBlocksAreThereWhereTheyAreInUse) {
    sim::Summary summary = example();
    const auto is_of_compact_blocks = Field(&Measure::name, testing::StartsWith("compact_blocks."));
    EXPECT_THAT(measures_of(summary), Not(Contains(is_of_compact_blocks)));
    summary.compact_blocks = {.arrived = 20, .first = 8, .incomplete = 2, .missing = 5};
    for (const Measure& measure :
         {Measure{"compact_blocks.arrived", 20}, Measure{"compact_blocks.failure_share", 0.25},
          Measure{"compact_blocks.missing_mean", 2.5}})
        EXPECT_THAT(measures_of(summary), Contains(measure)) << measure.name;
}

TEST(Measures, AreKnownByTheirNames) {
    for (const char* name :
         {"propagation.p99_ms", "ledger.balanced", "attack.theory_odds", "messages.block",
          "rejections.conflict", "attack.revenue", "compact_blocks.failure_share"})
        EXPECT_TRUE(look_up_measure(name).can_be) << name;
    for (const char* name : {"", "seed", "blocks", "messages", "messages.", "attack"})
        EXPECT_FALSE(look_up_measure(name).can_be) << name;
    EXPECT_TRUE(look_up_measure("messages.block").is_count);
    EXPECT_FALSE(look_up_measure("attack.revenue").is_count);
    EXPECT_EQ(look_up_measure("propagation.p5_ms").suggestion, "propagation.p50_ms");
    EXPECT_EQ(look_up_measure("nothing like it at all").suggestion, "");
}

}  // namespace
}  // namespace bezant::report
