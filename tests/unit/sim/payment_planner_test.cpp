// SPDX-License-Identifier: Apache-2.0
#include "sim/payment_planner.hpp"

#include <gtest/gtest.h>

#include <set>

#include "sim/topology/graph_distance.hpp"
#include "tests/unit/sim/scenarios.hpp"

namespace bezant::sim {
namespace {

using Distance = PaymentPlanner::Distance;

std::set<std::uint32_t> distances_drawn(std::uint32_t hops_max, Distance distance,
                                        ParticipantId payer) {
    const Graph graph = test::ten_participants();
    WorkloadSettings settings;
    settings.hops_max = hops_max;
    PaymentPlanner planner{graph, settings, Random{3}};
    const auto hops = hop_distances(graph, payer);
    std::set<std::uint32_t> drawn;
    for (int i = 0; i < 300; ++i) {
        if (const auto payee = planner.payee(payer, distance)) drawn.insert(hops[*payee]);
    }
    return drawn;
}

TEST(PaymentPlanner, PaysWithinTheHopsAllowed) {
    EXPECT_EQ(distances_drawn(1, Distance::any, 3), (std::set<std::uint32_t>{1}));
    EXPECT_EQ(distances_drawn(2, Distance::any, 3), (std::set<std::uint32_t>{1, 2}));
    EXPECT_EQ(distances_drawn(0, Distance::any, 6), (std::set<std::uint32_t>{1, 2, 3, 4, 5, 6}));
    EXPECT_EQ(distances_drawn(2, Distance::two_hops, 3), (std::set<std::uint32_t>{2}));
}

TEST(PaymentPlanner, HasNobodyToPayWhereNobodyIs) {
    const Graph pair{2, {{0, 1}}};
    PaymentPlanner planner{pair, {}, Random{1}};
    EXPECT_EQ(planner.payee(0, Distance::two_hops), std::nullopt);
    EXPECT_EQ(planner.payee(0, Distance::any), ParticipantId{1});
}

TEST(PaymentPlanner, DrawsReadableSumsWithinRangeAndPurse) {
    const Graph pair{2, {{0, 1}}};
    WorkloadSettings settings;
    settings.amount_min = Amount{10'000'000};
    settings.amount_max = bezants(3);
    settings.fee_min = Amount{10'000};
    settings.fee_max = Amount{1'000'000};
    PaymentPlanner planner{pair, settings, Random{1}};
    const Amount purse = bezants(2);
    Amount most;
    for (int i = 0; i < 2'000; ++i) {
        const auto sum = planner.sum(purse);
        ASSERT_TRUE(sum);
        ASSERT_EQ(sum->amount.value % 5'000'000, 0U);
        ASSERT_EQ(sum->fee.value % 10'000, 0U);
        ASSERT_GE(sum->amount, settings.amount_min);
        ASSERT_GE(sum->fee, settings.fee_min);
        ASSERT_LE(sum->fee, settings.fee_max);
        ASSERT_LE(sum->amount.value + sum->fee.value, purse.value);
        most = std::max(most, sum->amount);
    }
    EXPECT_EQ(most, Amount{195'000'000});
}

TEST(PaymentPlanner, GivesUpWhereThePurseIsTooSmall) {
    const Graph pair{2, {{0, 1}}};
    WorkloadSettings settings;
    settings.amount_min = bezants(1);
    settings.fee_min = settings.fee_max = Amount{10'000};
    PaymentPlanner planner{pair, settings, Random{1}};
    EXPECT_FALSE(planner.sum(Amount{bezants(1).value + 9'999}));
    EXPECT_TRUE(planner.sum(Amount{bezants(1).value + 10'000}));
    EXPECT_FALSE(planner.sum(Amount{}));
}

TEST(PaymentPlanner, TakesAnyAmountWhereARangeHasNoRoundOne) {
    const Graph pair{2, {{0, 1}}};
    WorkloadSettings settings;
    settings.amount_min = Amount{1'001};
    settings.amount_max = Amount{1'003};
    settings.fee_min = settings.fee_max = Amount{7};
    PaymentPlanner planner{pair, settings, Random{1}};
    std::set<std::uint64_t> drawn;
    for (int i = 0; i < 100; ++i) drawn.insert(planner.sum(bezants(1))->amount.value);
    EXPECT_EQ(drawn, (std::set<std::uint64_t>{1'001, 1'002, 1'003}));
}

}  // namespace
}  // namespace bezant::sim
