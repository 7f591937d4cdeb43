// SPDX-License-Identifier: Apache-2.0
#include "sim/churn.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "sim/scenario_file.hpp"
#include "tests/seeds.hpp"
#include "tests/unit/sim/attack_run.hpp"

namespace bezant::sim {
namespace {

using testing::HasSubstr;

Scenario churning(std::uint32_t participants, Duration online, Duration offline, Duration until) {
    Scenario scenario;
    scenario.participants = participants;
    scenario.churn.until = until;
    scenario.churn.online_mean = online;
    scenario.churn.offline_mean = offline;
    return scenario;
}

struct Presence {
    std::uint64_t away_at_start = 0;
    std::uint64_t leaves = 0;  ///< later
    double share = 0;          ///< of the time, of all participants
    std::uint32_t present_min = 0;
    std::uint32_t present_at_end = 0;
};

Presence presence_in(const Scenario& scenario, const std::vector<Fault>& faults) {
    Presence result{.present_min = scenario.participants};
    std::vector<bool> is_away(scenario.participants);
    std::uint32_t present = scenario.participants;
    Duration last{};
    double sum = 0;
    for (const Fault& fault : faults) {
        const ParticipantId who = fault.participants.at(0);
        const bool leaves = fault.kind == FaultKind::leave;
        EXPECT_GE(fault.at, last) << "in order of time";
        EXPECT_LE(fault.at, scenario.churn.until);
        EXPECT_NE(is_away[who], leaves) << "who leaves is there, and who comes back is not";
        sum += present * static_cast<double>((fault.at - last).microseconds);
        last = fault.at;
        is_away[who] = leaves;
        present = leaves ? present - 1 : present + 1;
        result.present_min = std::min(result.present_min, present);
        if (leaves) ++(fault.at == Duration{} ? result.away_at_start : result.leaves);
    }
    result.present_at_end = present;
    result.share = sum / static_cast<double>(last.microseconds) / scenario.participants;
    return result;
}

/// Five standard deviations each: a false alarm has a chance below 1e-6.
TEST(Churn, IsThereForTheShareOfTimeThatWasAskedFor) {
    struct Case {
        double online;
        double offline;
    };
    for (const auto& [online, offline] : {Case{3'600, 3'600}, Case{900, 8'100}, Case{50, 10}}) {
        const double cycle = online + offline;
        const double time = 200 * cycle;
        const double there = online / cycle;
        constexpr std::uint32_t people = 400;
        const Scenario scenario =
            churning(people, seconds(static_cast<int>(online)), seconds(static_cast<int>(offline)),
                     seconds(static_cast<int>(time)));
        const Presence presence = presence_in(scenario, churn_faults(scenario, Random{7}));
        // Two states whose correlation falls off in online * offline / cycle.
        const double relaxation = online * offline / cycle;
        EXPECT_NEAR(presence.share, there,
                    5 * std::sqrt(2 * there * (1 - there) * relaxation / time / people));
        EXPECT_NEAR(static_cast<double>(presence.away_at_start), people * (1 - there),
                    5 * std::sqrt(people * there * (1 - there)));
        // A renewal process: the variance of a cycle is that of two exponential laws.
        EXPECT_NEAR(static_cast<double>(presence.leaves), people * time / cycle,
                    5 * std::sqrt(people * time * (online * online + offline * offline) /
                                  (cycle * cycle * cycle)));
        EXPECT_EQ(presence.present_at_end, people) << "all come back";
    }
}

TEST(Churn, IsOfTheShareOfParticipantsThatWasAskedFor) {
    Scenario scenario = churning(4'000, seconds(10), seconds(10), seconds(1'000));
    for (const PartsPerMillion share : {0U, 300'000U, 976'000U, 1'000'000U}) {
        scenario.churn.share = share;
        std::vector<bool> goes(scenario.participants);
        for (const Fault& fault : churn_faults(scenario, Random{3}))
            goes[fault.participants.at(0)] = true;
        const double expected = scenario.participants * (share / 1e6);
        EXPECT_NEAR(static_cast<double>(std::ranges::count(goes, true)), expected,
                    5 * std::sqrt(expected * (1 - share / 1e6)));  // below 1e-6
    }
}

TEST(Churn, IsTheSameForTheSameSeedWhoeverElseIsThere) {
    const Scenario few = churning(10, seconds(50), seconds(5), seconds(500));
    const Scenario more = churning(11, seconds(50), seconds(5), seconds(500));
    const auto times_of = [](const Scenario& scenario, std::uint64_t seed, ParticipantId who) {
        std::vector<std::int64_t> times;
        for (const Fault& fault : churn_faults(scenario, Random{seed}))
            if (fault.participants.at(0) == who) times.push_back(fault.at.microseconds);
        return times;
    };
    for (ParticipantId who = 0; who < few.participants; ++who) {
        EXPECT_FALSE(times_of(few, 1, who).empty());
        EXPECT_EQ(times_of(few, 1, who), times_of(more, 1, who));
        EXPECT_NE(times_of(few, 1, who), times_of(few, 2, who));
    }
}

TEST(Churn, LeavesNobodyAloneAndLetsAnAttackerStay) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(20); ++seed) {
        Scenario scenario = churning(3, seconds(1), seconds(100), seconds(2'000));
        const Presence presence = presence_in(scenario, churn_faults(scenario, Random{seed}));
        EXPECT_EQ(presence.present_min, 1U);
        scenario.attack.kind = AttackKind::selfish;
        scenario.attack.attacker = 1;
        for (const Fault& fault : churn_faults(scenario, Random{seed}))
            EXPECT_NE(fault.participants.at(0), 1U);
    }
}

struct Comings final : Observer {
    void fault(const ObservedWorld& /*world*/, const std::string& what) override {
        leaves += what.ends_with(" leaves") ? 1U : 0U;
        starts += what.ends_with(" starts") ? 1U : 0U;
    }
    std::uint64_t leaves = 0;
    std::uint64_t starts = 0;
};

std::string run_churning(std::uint64_t seed) {
    Random random = Random{seed}.stream("places");
    const auto participants = static_cast<std::uint32_t>(random.between(3, 15));
    Scenario scenario = test::sampled(seed, participants);
    scenario.network.hashes_per_block = 10'000;
    scenario.workload.kind = seed % 3 == 0 ? WorkloadKind::rounds : WorkloadKind::stream;
    scenario.workload.blocks = 30;
    scenario.workload.payments_per_1000_seconds = 300;
    scenario.participant.block_relay = seed % 2 == 0 ? BlockRelay::compact : BlockRelay::headers;
    scenario.encode_messages = seed % 4 == 0;
    scenario.churn = {.until = seconds(300),
                      .share = 800'000,
                      .online_mean = seconds(40),
                      .offline_mean = seconds(random.between(5, 60))};
    World world{scenario, test::random_graph(random, participants)};
    Comings comings;
    world.add_observer(comings);
    const auto summary = world.run();
    EXPECT_TRUE(summary) << test::text_of(summary.error());
    if (!summary) return {};
    const auto faults = churn_faults(scenario, Random{seed});
    EXPECT_EQ(comings.leaves + comings.starts, faults.size()) << "seed " << seed;
    EXPECT_EQ(comings.leaves, comings.starts) << "seed " << seed;
    EXPECT_EQ(summary->agreement.tips, 1U) << "seed " << seed;
    EXPECT_TRUE(summary->ledger.balanced) << "seed " << seed;
    EXPECT_GE(world.elapsed(), faults.empty() ? Duration{} : faults.back().at);
    for (ParticipantId who = 0; who < participants; ++who)
        EXPECT_EQ(world.tip_of(who), world.common_tip()) << "seed " << seed;
    return summary->digest;
}

TEST(Churn, EndsInAgreementOfAllAndIsRepeatable) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(40); ++seed) {
        const std::string digest = run_churning(seed);
        if (seed % 8 == 0) {
            EXPECT_EQ(run_churning(seed), digest) << "seed " << seed;
        }
    }
}

/// When participant 2 first has a block, and the height that he has the moment he is back.
struct Comeback final : Observer {
    void noticed(const ObservedWorld& world, ParticipantId who, const Notice& notice) override {
        if (who == 2 && !had_block && std::holds_alternative<TipMoved>(notice))
            had_block = world.elapsed();
    }
    void fault(const ObservedWorld& world, const std::string& what) override {
        if (what.ends_with(" starts"))
            height = world.archive().blocks()[world.tip_of(2).value()].height;
    }
    std::optional<Duration> had_block;
    std::optional<Height> height;
};

void come_back(std::vector<Fault> faults, Comeback& comeback) {
    Scenario scenario = test::sampled(1, 10);
    scenario.network.hashes_per_block = 100'000;  // a block each 100 s
    scenario.cost.disk_sync_min = scenario.cost.disk_sync_max = seconds(10);
    scenario.workload.kind = WorkloadKind::stream;
    scenario.workload.blocks = 3;
    scenario.faults = std::move(faults);
    World world{scenario, test::ten_participants()};
    world.add_observer(comeback);
    const auto summary = world.run();
    EXPECT_TRUE(summary) << test::text_of(summary.error());
}

TEST(Leaving, KeepsWhatACrashWouldLose) {
    Comeback undisturbed;
    come_back({}, undisturbed);
    const Duration at = undisturbed.had_block.value() + seconds(1);
    for (const FaultKind kind : {FaultKind::crash, FaultKind::leave}) {
        Comeback comeback;
        come_back({{.kind = kind, .at = at, .participants = {2}, .neighbour = {}},
                   {.kind = FaultKind::restart, .at = at, .participants = {2}, .neighbour = {}}},
                  comeback);
        EXPECT_EQ(comeback.height, Height{kind == FaultKind::leave ? 1U : 0U});
    }
}

TEST(Churn, IsRefusedWhereItCannotBe) {
    const auto error_of = [](const Scenario& scenario) {
        const auto sound = check_scenario(scenario);
        return sound ? std::string{"no error"} : to_text(sound.error());
    };
    Scenario scenario = churning(10, seconds(10), seconds(10), seconds(1'000));
    scenario.topology.generator = "ring";
    EXPECT_EQ(error_of(scenario), "no error");
    scenario.churn.online_mean = scenario.churn.offline_mean = microseconds(10);
    EXPECT_THAT(error_of(scenario), HasSubstr("comings and goings, more than 10000000"));
    EXPECT_THAT(error_of(scenario), HasSubstr("make it shorter"));
    scenario.churn.online_mean = seconds(10);
    scenario.workload.kind = WorkloadKind::stream;
    scenario.workload.blocks = 10;
    scenario.model = Model::relay;
    EXPECT_THAT(error_of(scenario), HasSubstr("churn.until"));
    EXPECT_THAT(error_of(scenario), HasSubstr("relay.churning_share"));
}

}  // namespace
}  // namespace bezant::sim
