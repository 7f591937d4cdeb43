// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>

#include "sim/attacks/best_strategy.hpp"
#include "sim/attacks/race_model.hpp"

namespace bezant::sim {
namespace {

// The model and the closed form have nothing in common but what they describe.
TEST(RaceModel, HasForSelfishMiningWhatTheClosedFormHas) {
    const SelfishStrategy selfish{{}};
    for (const double share : {0.1, 0.25, 0.3, 0.33, 0.4}) {
        for (const double tie_share : {0.25, 0.5, 1.0}) {
            const RaceOdds odds{share, tie_share};
            EXPECT_NEAR(RaceModel{odds}.revenue_of(selfish), selfish_revenue(odds), 1e-5)
                << share << ", " << tie_share;
        }
    }
}

TEST(RaceModel, SelfishMiningPaysFromTheThresholdOn) {
    for (const double tie_share : {0.0, 0.5, 0.9}) {
        const double threshold = selfish_threshold(tie_share);
        EXPECT_NEAR(selfish_revenue({threshold, tie_share}), threshold, 1e-12);
        EXPECT_LT(selfish_revenue({threshold - 0.01, tie_share}), threshold - 0.01);
        EXPECT_GT(selfish_revenue({threshold + 0.01, tie_share}), threshold + 0.01);
    }
}

// Sapirshtein, Sompolinsky, Zohar 2016, table 1: the best share where nobody sides with him.
TEST(RaceModel, FindsThePublishedSharesOfTheBestRule) {
    struct Row {
        double share;
        double revenue;
    };
    constexpr std::array<Row, 2> rows{{{1.0 / 3, 0.33705}, {0.35, 0.37077}}};
    for (const auto& [share, revenue] : rows) {
        const RaceModel model{{.share = share, .tie_share = 0}};
        EXPECT_NEAR(model.revenue_of(*best_strategy(model)), revenue, 1e-4) << share;
    }
}

TEST(RaceModel, NoOtherRuleIsBetterThanTheBestAndBelowTheThresholdItIsHonest) {
    for (const double share : {0.15, 0.3}) {
        for (const double tie_share : {0.0, 0.5, 1.0}) {
            const RaceModel model{{.share = share, .tie_share = tie_share}};
            const double best = model.revenue_of(*best_strategy(model));
            EXPECT_GE(best, share - 1e-6);
            for (const bool in_lead : {false, true})
                for (const bool in_tie : {false, true})
                    EXPECT_GE(best + 1e-6, model.revenue_of(SelfishStrategy{{in_lead, in_tie}}));
            const bool pays = share > 0.2 || tie_share > 0;
            if (!pays) {
                EXPECT_NEAR(best, share, 1e-6);
            }
        }
    }
}

TEST(SelfishStrategy, IsStubbornOnlyWhereItIsToldTo) {
    const RaceState lead{.ours = 3, .theirs = 2, .fork = RaceFork::relevant};
    const RaceState tie{.ours = 2, .theirs = 1, .fork = RaceFork::active};
    const auto choose = [](bool in_lead, bool in_tie, const RaceState& state) {
        return SelfishStrategy{{in_lead, in_tie}}.choose(state);
    };
    EXPECT_EQ(choose(false, false, lead), RaceAction::overtake);
    EXPECT_EQ(choose(true, false, lead), RaceAction::match);
    EXPECT_EQ(choose(false, true, lead), RaceAction::overtake);
    EXPECT_EQ(choose(false, false, tie), RaceAction::overtake);
    EXPECT_EQ(choose(true, false, tie), RaceAction::overtake);
    EXPECT_EQ(choose(false, true, tie), RaceAction::wait);
    for (const bool stubborn : {false, true}) {
        EXPECT_EQ(choose(stubborn, stubborn, {0, 1, RaceFork::relevant}), RaceAction::adopt);
        EXPECT_EQ(choose(stubborn, stubborn, {1, 0, RaceFork::irrelevant}), RaceAction::wait);
        EXPECT_EQ(choose(stubborn, stubborn, {1, 1, RaceFork::relevant}), RaceAction::match);
        EXPECT_EQ(choose(stubborn, stubborn, {5, 2, RaceFork::relevant}), RaceAction::match);
    }
}

}  // namespace
}  // namespace bezant::sim
