// SPDX-License-Identifier: Apache-2.0
// The suite agrees with theory, and says so when what it simulates is bent.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "fidelity/check.hpp"

namespace bezant::fidelity {
namespace {

Plan in_order(double scale) {
    Plan plan;
    plan.scale = scale;
    plan.runner = [](std::size_t count, const std::function<void(std::size_t)>& job) {
        for (std::size_t i = 0; i < count; ++i) job(i);
    };
    return plan;
}

const Check& check_named(std::string_view name) {
    return *std::ranges::find(checks(), name, &Check::name);
}

std::string those_astray(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& finding : findings) {
        if (!finding.agrees()) text += finding.what + "; ";
    }
    return text;
}

std::string astray_with(std::string_view name, double scale,
                        const std::function<void(sim::Scenario&)>& bend = {}) {
    Plan plan = in_order(scale);
    plan.bend = bend;
    return those_astray(check_named(name).run(plan));
}

TEST(Finding, AgreesIfTheIntervalHoldsWhatIsExpected) {
    Finding finding{.what = "", .expected = 2, .simulated = 2.5, .interval = {2, 3}, .samples = 9};
    EXPECT_TRUE(finding.agrees());
    finding.expected = 1.99;
    EXPECT_FALSE(finding.agrees());
    finding.p_value = 0.002;
    EXPECT_TRUE(finding.agrees()) << "a test of fit decides";
    finding.p_value = 0.0009;
    EXPECT_FALSE(finding.agrees());
}

TEST(Plan, ScalesAndSeedsEachRunApart) {
    const Plan plan = in_order(0.25);
    EXPECT_EQ(plan.scaled(1'000, 10), 250U);
    EXPECT_EQ(plan.scaled(1'000, 400), 400U);
    EXPECT_NE(plan.seed_of("a", 0), plan.seed_of("a", 1));
    EXPECT_NE(plan.seed_of("a", 0), plan.seed_of("b", 0));
    EXPECT_EQ(plan.seed_of("a", 0), plan.seed_of("a", 0));
}

TEST(Fidelity, AgreesOnTheTimeBetweenBlocks) { EXPECT_EQ(astray_with("intervals", 0.1), ""); }

TEST(Fidelity, NoticesAClockOfNoncesThatRunsFast) {
    EXPECT_NE(astray_with("intervals", 0.5,
                          [](sim::Scenario& scenario) {
                              scenario.mining.hash_rate += scenario.mining.hash_rate / 10;
                          }),
              "");
}

TEST(Fidelity, AgreesOnRevenue) { EXPECT_EQ(astray_with("revenue", 0.1), ""); }

TEST(Fidelity, NoticesAMinerWhoFindsMoreThanHisShare) {
    EXPECT_NE(astray_with("revenue", 0.5,
                          [](sim::Scenario& scenario) {
                              scenario.mining.shares[0] -= 20'000;
                              scenario.mining.shares[4] += 20'000;
                          }),
              "");
}

TEST(Fidelity, AgreesOnTheDifficulty) { EXPECT_EQ(astray_with("difficulty", 0.05), ""); }

TEST(Fidelity, NoticesADifficultyThatFollowsTooSlowly) {
    // A fifth of the hash rate less is as if the target followed to another place.
    EXPECT_NE(astray_with("difficulty", 0.05,
                          [](sim::Scenario& scenario) {
                              scenario.mining.hash_rate -= scenario.mining.hash_rate / 5;
                          }),
              "");
}

TEST(Fidelity, AgreesOnForks) { EXPECT_EQ(astray_with("forks", 0.02), ""); }

TEST(Fidelity, NoticesForksThatAreTooMany) {
    EXPECT_NE(astray_with("forks", 0.02,
                          [](sim::Scenario& scenario) {
                              scenario.mining.hash_rate += scenario.mining.hash_rate / 2;
                          }),
              "");
}

TEST(Fidelity, AgreesOnDoubleSpends) { EXPECT_EQ(astray_with("double-spend", 0.02), ""); }

TEST(Fidelity, NoticesAnAttackerWhoIsStrongerThanTold) {
    EXPECT_NE(astray_with("double-spend", 0.02,
                          [](sim::Scenario& scenario) {
                              scenario.attack.hash_share = *scenario.attack.hash_share + 100'000;
                          }),
              "");
}

TEST(Fidelity, AgreesOnSelfishMining) { EXPECT_EQ(astray_with("selfish", 0.05), ""); }

TEST(Fidelity, NoticesATieRuleThatIsAnother) {
    EXPECT_NE(astray_with("selfish", 0.2,
                          [](sim::Scenario& scenario) { scenario.attack.gamma = 500'000; }),
              "");
}

}  // namespace
}  // namespace bezant::fidelity
