// SPDX-License-Identifier: Apache-2.0
// One who fills a participant's address book, and waits for its restart.
#include <algorithm>
#include <cmath>
#include <set>

#include "sim/attacks/eclipse_model.hpp"
#include "sim/attacks/impostor.hpp"
#include "tests/seeds.hpp"
#include "tests/unit/sim/attack_run.hpp"

namespace bezant::sim {
namespace {

using test::AttackRun;

constexpr std::uint32_t participants = 16;

Graph star_of_acquaintances() {
    std::vector<Edge> edges;
    for (ParticipantId who = 1; who < participants; ++who) edges.push_back({0, who});
    return Graph{participants, std::move(edges)};
}

Scenario eclipsed(std::uint64_t seed) {
    Scenario scenario = test::attacked(test::sampled(seed, participants), AttackKind::eclipse, 9);
    scenario.attack.victim = 5;
    scenario.network.hashes_per_block = 600'000;
    scenario.workload.kind = WorkloadKind::stream;
    scenario.workload.blocks = 1;
    scenario.discovery.on = true;
    scenario.participant.outbound_slots = 3;
    scenario.participant.inbound_slots = 24;
    scenario.participant.address_book = {.new_buckets = 64,
                                         .tried_buckets = 16,
                                         .bucket_places = 8,
                                         .new_buckets_per_source_group = 4,
                                         .tried_buckets_per_group = 2};
    scenario.checkers = false;
    return scenario;
}

TEST(Eclipse, NeverSucceedsWhileAnchorsAreKept) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(3); ++seed) {
        const AttackRun run{eclipsed(seed), star_of_acquaintances()};
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        EXPECT_FALSE(run.outcome().succeeded) << run.seed_text();
        EXPECT_EQ(run.figure("anchors_of_others").value, 2) << run.seed_text();
        EXPECT_LE(run.figure("outbound_after").value, 0.5) << run.seed_text();
        EXPECT_EQ(run.figure("blocks_missed").value, 0) << run.seed_text();
        EXPECT_TRUE(run.drops.empty()) << "he breaks no rule";
    }
}

/// Without anchors, each run has a chance of its own by what the book has come to. Off by four
/// standard deviations or more by chance once in 16,000 times.
TEST(Eclipse, SucceedsAsOftenAsTheBookSaysWithoutAnchors) {
    double successes = 0;
    double expected = 0;
    double variance = 0;
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(12); ++seed) {
        Scenario scenario = eclipsed(seed);
        scenario.discovery.anchors = 0;
        scenario.attack.groups = 6;
        const AttackRun run{std::move(scenario), star_of_acquaintances()};
        ASSERT_NO_FATAL_FAILURE(run.expect_sound());
        const double odds = run.outcome().theory_odds.value();
        expected += odds;
        variance += odds * (1 - odds);
        successes += run.figure("outbound_after").value == 1 ? 1 : 0;
        EXPECT_EQ(run.figure("anchors_of_others").value, 0) << run.seed_text();
        EXPECT_EQ(run.figure("blocks_missed").value > 0, run.outcome().succeeded)
            << run.seed_text();
    }
    EXPECT_NEAR(successes, expected, 4 * std::sqrt(variance));
}

TEST(Eclipse, FillsAsManyBucketsAsHisGroupsReach) {
    for (const std::uint32_t groups : {2U, 4U, 8U}) {
        double buckets = 0;
        double theory = 0;
        const std::uint64_t seeds = bezant::test::seeds_to_try(3);
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            Scenario scenario = eclipsed(seed);
            scenario.attack.groups = groups;
            theory += buckets_in_reach(scenario.participant.address_book, groups);
            const AttackRun run{std::move(scenario), star_of_acquaintances()};
            ASSERT_NO_FATAL_FAILURE(run.expect_sound());
            buckets += run.figure("new_buckets").value;
        }
        EXPECT_GT(buckets, 0.7 * theory) << groups;
        EXPECT_LT(buckets, 1.3 * theory) << groups << ": what others tell of him is little";
    }
}

TEST(Eclipse, GivesWhoHasFewerGroupsThanThereAreSlotsNoChance) {
    Scenario scenario = eclipsed(3);
    scenario.discovery.anchors = 0;
    scenario.attack.groups = 2;
    scenario.participant.outbound_slots = 6;
    const AttackRun run{std::move(scenario), star_of_acquaintances()};
    ASSERT_NO_FATAL_FAILURE(run.expect_sound());
    EXPECT_EQ(run.outcome().theory_odds, 0.0);
    EXPECT_LE(run.figure("outbound_after").value, 0.4) << "two connections, one to each group";
    EXPECT_GT(run.figure("share").value, 0.5) << "though most of what it knows is his";
}

TEST(EclipseModel, ReachesAsManyBucketsAsTheRealHashesDo) {
    const AddressBookLimits limits{.new_buckets = 64,
                                   .tried_buckets = 16,
                                   .bucket_places = 8,
                                   .new_buckets_per_source_group = 4,
                                   .tried_buckets_per_group = 2};
    constexpr std::uint32_t secrets = 300;
    for (const std::uint32_t groups : {1U, 2U, 5U, 16U, 40U}) {
        const auto his =
            aliases_of({.host = ipv4_host(11, 0, 0, 1), .port = 7'333}, groups, groups);
        std::size_t buckets = 0;
        for (std::uint32_t i = 0; i < secrets; ++i) {
            AddressSecret secret;
            secret.bytes[0] = static_cast<Byte>(i);
            secret.bytes[1] = static_cast<Byte>(i >> 8U);
            const AddressBuckets places{secret, limits};
            std::set<std::uint32_t> reached;
            for (const NetworkAddress& address : his)
                for (const NetworkAddress& source : his)
                    reached.insert(places.new_place(address, source) / limits.bucket_places);
            buckets += reached.size();
        }
        const double mean = static_cast<double>(buckets) / secrets;
        EXPECT_NEAR(mean / buckets_in_reach(limits, groups), 1, 0.02) << groups;
    }
}

TEST(EclipseModel, GivesTheOddsOfDrawsWithoutTwoOfAGroup) {
    EXPECT_DOUBLE_EQ(all_slots_odds(0.5, 1, 10, 0), 0.5);
    EXPECT_DOUBLE_EQ(all_slots_odds(1, 8, 8, 0), 1);
    EXPECT_EQ(all_slots_odds(0.9, 4, 3, 0), 0);
    EXPECT_EQ(all_slots_odds(0, 1, 8, 0), 0);
    // Then half of his weight is left: 0.3 to 0.4.
    EXPECT_DOUBLE_EQ(all_slots_odds(0.6, 2, 2, 0), 0.6 * 0.3 / 0.7);
    EXPECT_DOUBLE_EQ(all_slots_odds(0.6, 2, 2, 1), 0.3 / 0.7);
}

TEST(Impostor, HasAddressesInAsManyGroupsOfWhichOneIsHisHomes) {
    const NetworkAddress home{.host = ipv4_host(11, 9, 0, 1), .port = 7'333};
    const auto aliases = aliases_of(home, 1'000, 7);
    std::set<NetworkAddress> different{aliases.begin(), aliases.end()};
    EXPECT_EQ(different.size(), 1'000U);
    EXPECT_FALSE(different.contains(home));
    std::set<NetworkGroup> groups;
    for (const NetworkAddress& alias : aliases) {
        EXPECT_TRUE(is_routable(alias, AddressRealm::internet));
        groups.insert(group_of(alias));
    }
    EXPECT_EQ(groups.size(), 7U);
    EXPECT_TRUE(groups.contains(group_of(home)));
}

}  // namespace
}  // namespace bezant::sim
