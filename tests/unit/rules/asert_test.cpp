// SPDX-License-Identifier: Apache-2.0
#include "rules/asert.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.hpp"

namespace bezant {
namespace {

constexpr std::int64_t ideal = 600;
constexpr std::int64_t half_life = 172'800;  // two days, as on Bitcoin Cash
constexpr AsertRule bitcoin_cash{CompactTarget{0x1d00ffff}, CompactTarget{0x1d00ffff}, ideal,
                                 half_life};

AsertRule anchored_at(std::uint32_t anchor) {
    AsertRule rule = bitcoin_cash;
    rule.anchor = CompactTarget{anchor};
    return rule;
}

/// The position this many seconds behind schedule (ahead if negative), this many blocks on.
AsertPosition behind(std::int64_t seconds, std::uint32_t blocks = 0) {
    return {ideal * (std::int64_t{blocks} + 1) + seconds, blocks};
}

double number(CompactTarget target) { return target_from_compact(target)->to_double(); }

// Targets of Bitcoin Cash Node's unit test of CalculateASERT, which halve or double exactly.
TEST(Asert, GivesTheTargetsThatBitcoinCashGives) {
    EXPECT_EQ(asert_target(bitcoin_cash, behind(0)), CompactTarget{0x1d00ffff});
    EXPECT_EQ(asert_target(bitcoin_cash, {ideal, 288}), CompactTarget{0x1c7fff80});
    EXPECT_EQ(asert_target(bitcoin_cash, {ideal, 2 * 288}), CompactTarget{0x1c3fffc0});
    EXPECT_EQ(asert_target(anchored_at(0x1c7fff80), {ideal, 288}), CompactTarget{0x1c3fffc0});
    EXPECT_EQ(asert_target(anchored_at(0x1c3fffc0), {ideal + half_life, 0}),
              CompactTarget{0x1c7fff80});
    EXPECT_EQ(asert_target(anchored_at(0x1c3fffc0), {ideal + 2 * half_life, 0}),
              CompactTarget{0x1d00ffff});
}

// Worked out from the specification's formula in unbounded integers, by another program.
TEST(Asert, IsExactInTheLastBit) {
    struct Case {
        std::uint32_t anchor;
        AsertPosition position;
        std::uint32_t target;
    };
    for (const Case& fact :
         {Case{0x1b0404cb, {4'498'118, 8'271}, 0x1b009f43},
          Case{0x1804dafe, {4'409'370, 7'364}, 0x1804abfb},
          Case{0x1a123456, {30'909, 12}, 0x1a13f986},
          Case{0x1804dafe, {4'528'489, 7'090}, 0x180e90dc},
          Case{0x1804dafe, {279'772'335, 467'022}, 0x1800d387},
          Case{0x1b0404cb, {8'930'430, 13'399}, 0x1c008efe},
          Case{0x1c7fff80, {-946'037, 0}, 0x1c02df07}, Case{0x1804dafe, {705, 1}, 0x1804d88b},
          Case{0x1804dafe, {2'014'642, 3'548}, 0x18031063},
          Case{0x1804dafe, {18'036'397, 29'057}, 0x18363a27},
          Case{0x1a123456, {-385'533, 948}, 0x19651d92}}) {
        EXPECT_EQ(asert_target(anchored_at(fact.anchor), fact.position),
                  CompactTarget{fact.target});
    }
}

TEST(Asert, KeepsItsTargetOnSchedule) {
    for (const std::uint32_t blocks : {0U, 1U, 1000U, 5'000'000U})
        EXPECT_EQ(asert_target(anchored_at(0x1804dafe), behind(0, blocks)),
                  CompactTarget{0x1804dafe});
}

TEST(Asert, DoublesAndHalvesAfterEachHalfLife) {
    const AsertRule rule = anchored_at(0x1804dafe);
    const double anchor = number(rule.anchor);
    for (int times = -20; times <= 20; ++times) {
        const double target = number(asert_target(rule, behind(times * half_life)));
        EXPECT_NEAR(target / (anchor * std::exp2(times)), 1.0, 1.0 / (1 << 15)) << times;
    }
}

TEST(Asert, FollowsTheExponentialItApproximates) {
    const AsertRule rule = anchored_at(0x1804dafe);
    const double anchor = number(rule.anchor);
    Random random{1};
    for (int i = 0; i < 20'000; ++i) {
        const std::int64_t late = random.between(-10 * half_life, 10 * half_life);
        const auto blocks = static_cast<std::uint32_t>(random.below(1'000'000));
        const double exact = anchor * std::exp2(static_cast<double>(late) / half_life);
        ASSERT_NEAR(number(asert_target(rule, behind(late, blocks))) / exact, 1.0, 2e-4) << late;
    }
}

TEST(Asert, NeverFallsWhenTimePassesNorRisesWithABlock) {
    const AsertRule rule = anchored_at(0x1804dafe);
    double last = 0;
    for (std::int64_t late = -3 * half_life; late <= 3 * half_life; late += 97) {
        const double target = number(asert_target(rule, behind(late)));
        ASSERT_GE(target, last) << late;
        last = target;
        ASSERT_LE(number(asert_target(rule, {ideal + late, 1})), target) << late;
    }
}

// The specification rounds the exponent towards zero and the target down.
TEST(Asert, RoundsAsTheSpecificationSays) {
    AsertRule rule = anchored_at(0x1804dafe);
    rule.half_life_seconds = 65536 * 2;
    EXPECT_EQ(asert_target(rule, behind(-1)), rule.anchor);
    EXPECT_EQ(asert_target(rule, behind(1)), rule.anchor);
    EXPECT_LT(number(asert_target(rule, behind(-2))), number(rule.anchor));
}

TEST(Asert, StaysBetweenOneAndTheLimit) {
    for (const std::uint32_t anchor : {0x01010000U, 0x03123456U, 0x1804dafeU, 0x1d00ffffU}) {
        const AsertRule rule = anchored_at(anchor);
        EXPECT_EQ(asert_target(rule, behind(300 * half_life)), rule.limit);
        EXPECT_EQ(asert_target(rule, behind(-300 * half_life)), CompactTarget{0x01010000});
    }
    // One doubling is within reach of the limit, and one second more is not.
    EXPECT_EQ(asert_target(anchored_at(0x1c7fff80), behind(half_life)), bitcoin_cash.limit);
    EXPECT_EQ(asert_target(anchored_at(0x1c7fff80), behind(half_life + 1000)), bitcoin_cash.limit);
}

TEST(Asert, TakesEveryTimeAndHeight) {
    AsertRule rule = anchored_at(0x1804dafe);
    for (const std::uint32_t interval : {0U, 1U, 600U, UINT32_MAX}) {
        rule.ideal_seconds = interval;
        for (const std::uint32_t life : {1U, 172'800U, UINT32_MAX}) {
            rule.half_life_seconds = life;
            for (const std::uint32_t height : {0U, 1U, UINT32_MAX}) {
                for (const std::int64_t time : {INT64_MIN, INT64_MIN + 1, -1L, 0L, INT64_MAX}) {
                    const auto target = target_from_compact(asert_target(rule, {time, height}));
                    ASSERT_TRUE(target);
                    EXPECT_LE(*target, *target_from_compact(rule.limit));
                }
            }
        }
    }
}

TEST(Asert, KnowsWhichWayTheExtremesAre) {
    AsertRule rule = anchored_at(0x1804dafe);
    rule.ideal_seconds = UINT32_MAX;
    EXPECT_EQ(asert_target(rule, {0, UINT32_MAX}), CompactTarget{0x01010000});
    EXPECT_EQ(asert_target(rule, {INT64_MAX, 0}), rule.limit);
    const std::int64_t on_schedule = std::int64_t{UINT32_MAX} << 31U;
    EXPECT_EQ(asert_target(rule, {on_schedule, (1U << 31U) - 1}), rule.anchor);
}

// Where target and factor together need more than 256 bits.
TEST(Asert, WorksOnTheEasiestTargets) {
    AsertRule rule{CompactTarget{0x207fffff}, CompactTarget{0x207fffff}, 600, 172'800};
    EXPECT_EQ(asert_target(rule, behind(0)), rule.limit);
    EXPECT_EQ(asert_target(rule, behind(half_life)), rule.limit);
    EXPECT_EQ(asert_target(rule, behind(-half_life)), CompactTarget{0x203fffff});
    rule.limit = CompactTarget{0x2100ffff};
    EXPECT_EQ(asert_target(rule, behind(half_life)), CompactTarget{0x2100ffff});
    EXPECT_NEAR(number(asert_target(rule, behind(half_life / 2))) / number(rule.anchor),
                std::sqrt(2.0), 1e-3);
}

TEST(AsertDeathTest, NeedsAHalfLife) {
    AsertRule rule = bitcoin_cash;
    rule.half_life_seconds = 0;
    EXPECT_DEATH((void)asert_target(rule, behind(0)), "half life");
}

}  // namespace
}  // namespace bezant
