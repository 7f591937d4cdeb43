// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "base/random.hpp"
#include "sim/attacks/best_strategy.hpp"
#include "sim/attacks/race_model.hpp"
#include "sim/scenario.hpp"
#include "tests/seeds.hpp"

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

/// The race played out block by block, as its rules are told in docs/attacks.md: nothing of it is
/// the model's. Gives the secret miner's share of the blocks that are settled.
double played_out(const MiningStrategy& strategy, const RaceOdds& odds, std::uint64_t blocks,
                  std::uint64_t seed) {
    Random random{seed};
    const auto happens = [&](double chance) {
        return random.chance(static_cast<std::uint64_t>(chance * one_million), one_million);
    };
    std::uint64_t his = 0;     // settled
    std::uint64_t others = 0;  // settled
    std::uint32_t secret = 0;  // on the last block that all share, his
    std::uint32_t known = 0;   // the same, theirs
    std::uint32_t shown = 0;   // of his, to how many of theirs he has shown a rival
    for (std::uint64_t block = 0; block < blocks; ++block) {
        const bool is_tie = shown > 0 && shown == known;
        const bool is_his = happens(odds.share);
        const bool is_on_his = !is_his && is_tie && happens(odds.tie_share);
        if (is_on_his) {
            his += shown;
            secret -= shown;
            known = 0;
            shown = 0;
        }
        ++(is_his ? secret : known);
        const bool still_tie = shown > 0 && shown == known;
        const RaceFork fork = still_tie ? RaceFork::active
                              : is_his  ? RaceFork::irrelevant
                                        : RaceFork::relevant;
        const RaceAction action = strategy.choose({.ours = secret, .theirs = known, .fork = fork});
        if (action == RaceAction::match) shown = known;
        if (action == RaceAction::overtake) {
            his += known + 1;
            secret -= known + 1;
        }
        if (action == RaceAction::adopt) {
            others += known;
            secret = 0;
        }
        if (action == RaceAction::overtake || action == RaceAction::adopt) known = shown = 0;
    }
    return static_cast<double>(his) / static_cast<double>(his + others);
}

/// Five standard deviations, by the bound that tests of whole worlds have: below 1e-5 for a case.
TEST(RaceModel, EarnsWithEveryRuleWhatItEarnsPlayedOut) {
    const std::uint64_t blocks = bezant::test::seeds_to_try(200'000);
    const double tolerance = 5 * std::sqrt(0.25 * 3 / static_cast<double>(blocks));
    std::uint64_t seed = 0;
    for (const RaceOdds odds : {RaceOdds{0.3, 0.2}, RaceOdds{0.35, 0.9}, RaceOdds{0.4, 0.5}}) {
        const RaceModel model{odds};
        for (const bool in_lead : {false, true}) {
            for (const bool in_tie : {false, true}) {
                const SelfishStrategy rule{{in_lead, in_tie}};
                EXPECT_NEAR(played_out(rule, odds, blocks, ++seed), model.revenue_of(rule),
                            tolerance)
                    << odds.share << ", " << odds.tie_share << ", " << in_lead << in_tie;
            }
        }
        const auto best = best_strategy(model);
        EXPECT_NEAR(played_out(*best, odds, blocks, ++seed), model.revenue_of(*best), tolerance);
    }
}

/// A rule with another action in one state.
class Deviation final : public MiningStrategy {
public:
    Deviation(const MiningStrategy& rule, const RaceState& where, RaceAction what)
        : rule_(rule), where_(where), what_(what) {}
    [[nodiscard]] RaceAction choose(const RaceState& state) const override {
        return state == where_ ? what_ : rule_.choose(state);
    }

private:
    const MiningStrategy& rule_;
    RaceState where_;
    RaceAction what_;
};

// A rule on which no change of a single action gains is the best of all (Howard 1960: so policy
// iteration ends). The proof of the values that docs/attacks.md has.
TEST(RaceModel, NoChangeOfTheBestRuleGains) {
    for (const RaceOdds odds : {RaceOdds{0.2, 0.9}, RaceOdds{0.15, 0.0}}) {
        const RaceModel model{odds};
        const auto best = best_strategy(model);
        const double revenue = model.revenue_of(*best);
        std::uint64_t tried = 0;
        for (RaceStateNumber at = 0; at < model.states().count(); ++at) {
            const RaceState state = model.states().state(at);
            if (state.ours + state.theirs > 7) continue;  // hardly ever reached
            for (const RaceModel::Choice& choice : model.choices(at)) {
                if (choice.action == best->choose(state)) continue;
                ++tried;
                EXPECT_LE(model.revenue_of(Deviation{*best, state, choice.action}), revenue + 2e-6)
                    << state.ours << " to " << state.theirs;
            }
        }
        EXPECT_GT(tried, 30U);
    }
}

TEST(RaceModel, HasTheValuesOfTheDocument) {
    const RaceOdds odds{.share = 0.35, .tie_share = 0};
    const RaceModel model{odds};
    EXPECT_NEAR(model.revenue_of(*best_strategy(model)), 0.3708, 5e-5);
    EXPECT_NEAR(selfish_revenue(odds), 0.3665, 5e-5);
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
