// SPDX-License-Identifier: Apache-2.0
// Participants that know a few others at first, and find, choose and call the rest.
#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

#include "sim/topology/connectivity.hpp"
#include "tests/seeds.hpp"
#include "tests/unit/sim/scenarios.hpp"

namespace bezant::sim {
namespace {

using test::sampled;
using test::text_of;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::size_t outbound_slots = 3;
/// Enough for one that everyone calls.
constexpr std::size_t inbound_slots = 30;

Scenario strangers(std::uint64_t seed, std::uint32_t participants) {
    Scenario scenario = sampled(seed, participants);
    scenario.network.hashes_per_block = 30'000;
    scenario.discovery.on = true;
    scenario.participant.outbound_slots = outbound_slots;
    scenario.participant.inbound_slots = inbound_slots;
    scenario.participant.address_book = {.new_buckets = 32,
                                         .tried_buckets = 8,
                                         .bucket_places = 8,
                                         .new_buckets_per_source_group = 4,
                                         .tried_buckets_per_group = 2};
    scenario.workload.kind = WorkloadKind::stream;
    scenario.workload.duration = seconds(600);
    scenario.workload.payments_per_1000_seconds = 50;
    scenario.virtual_time_max = seconds(4'000);
    return scenario;
}

/// Everyone knows participant 0.
Graph star(std::uint32_t participants) {
    std::vector<Edge> edges;
    for (ParticipantId who = 1; who < participants; ++who) edges.push_back({0, who});
    return Graph{participants, std::move(edges)};
}

/// Looks at the world now and then, and changes nothing.
class Watch final : public Attack {
public:
    using Look = std::function<void(const World&)>;

    Watch(std::vector<Duration> moments, Look look)
        : moments_(std::move(moments)), look_(std::move(look)) {}

    void begun(AttackControl& control) override {
        for (const Duration moment : moments_) control.wake(0, moment);
    }
    void woken(AttackControl& control, std::uint64_t /*tag*/) override { look_(control.world()); }
    [[nodiscard]] AttackOutcome outcome(const World& /*world*/) const override { return {}; }

private:
    std::vector<Duration> moments_;
    Look look_;
};

std::vector<Duration> every(Duration gap, Duration until) {
    std::vector<Duration> moments;
    for (Duration at = gap; at <= until; at = at + gap) moments.push_back(at);
    return moments;
}

Summary run(World& world) {
    auto summary = world.run();
    EXPECT_TRUE(summary) << text_of(summary.error());
    return summary.value_or(Summary{});
}

Summary run_watched(Scenario scenario, Graph acquaintances, std::vector<Duration> moments,
                    Watch::Look look) {
    World world{std::move(scenario), std::move(acquaintances),
                std::make_unique<Watch>(std::move(moments), std::move(look))};
    return run(world);
}

std::vector<ParticipantId> called_by(const World& world, ParticipantId who) {
    std::vector<ParticipantId> called;
    for (const Neighbour& neighbour : world.neighbours(who))
        if (neighbour.outbound) called.push_back(neighbour.who);
    return called;
}

/// Who is on either end of a connection sees it, and nobody has more than there are slots.
void expect_in_order(const World& world) {
    const std::size_t callers_max = world.scenario().participant.inbound_slots + 1;
    for (ParticipantId who = 0; who < world.size(); ++who) {
        const auto neighbours = world.neighbours(who);
        for (const Neighbour& neighbour : neighbours) {
            EXPECT_THAT(world.neighbours(neighbour.who),
                        Contains(Neighbour{.who = who, .outbound = !neighbour.outbound}));
        }
        const std::size_t called = called_by(world, who).size();
        EXPECT_LE(called, outbound_slots + feelers_max);
        EXPECT_LE(neighbours.size() - called, callers_max) << "the newcomer included";
    }
}

Graph connections_of(const World& world) {
    std::vector<Edge> edges;
    for (ParticipantId who = 0; who < world.size(); ++who)
        for (const ParticipantId other : called_by(world, who))
            edges.push_back(edge_of(who, other));
    std::ranges::sort(edges);
    const auto same = std::ranges::unique(edges);
    edges.erase(same.begin(), same.end());
    return Graph{static_cast<std::uint32_t>(world.size()), std::move(edges)};
}

TEST(Discovery, MakesOneNetworkOfWhoeverKnowsWhom) {
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(8); ++seed) {
        SCOPED_TRACE(seed);
        Random random = Random{seed}.stream("test");
        const auto participants = static_cast<std::uint32_t>(8 + random.below(16));
        Scenario scenario = strangers(seed, participants);
        if (random.chance(1, 2)) {
            scenario.chaos.until = seconds(400);
            scenario.chaos.mean_gap = seconds(40);
        }
        Graph acquaintances =
            random.chance(1, 2) ? star(participants) : test::random_graph(random, participants);
        std::size_t looks = 0;
        const Summary summary =
            run_watched(std::move(scenario), std::move(acquaintances),
                        every(seconds(30), seconds(590)), [&](const World& world) {
                            expect_in_order(world);
                            if (++looks < 19) return;
                            EXPECT_TRUE(check_connected(connections_of(world)));
                        });
        EXPECT_EQ(looks, 19U);
        EXPECT_EQ(summary.agreement.tips, 1U);
        EXPECT_GT(summary.agreement.height.value, 5U);
        EXPECT_TRUE(summary.ledger.balanced);
        EXPECT_THAT(summary.dropped_peers, IsEmpty()) << "an honest neighbour was dropped";
    }
}

/// The last so many of them are down at first, and come back one after the other when all places of
/// those that they know are taken.
void come_late(Scenario& scenario, std::uint32_t newcomers) {
    for (std::uint32_t i = 0; i < newcomers; ++i) {
        const ParticipantId who = scenario.participants - 1 - i;
        for (const auto& [kind, at] :
             {std::pair{FaultKind::crash, Duration{}}, {FaultKind::restart, seconds(200 + i)}})
            scenario.faults.push_back(
                {.kind = kind, .at = at, .participants = {who}, .neighbour = {}, .skew = {}});
    }
}

/// Two that all know, and that know each other.
Graph two_stars(std::uint32_t participants) {
    std::vector<Edge> edges{{0, 1}};
    for (ParticipantId who = 2; who < participants; ++who) {
        edges.push_back({0, who});
        edges.push_back({1, who});
    }
    return Graph{participants, std::move(edges)};
}

TEST(Discovery, TakesNewcomersInThoughAllWhomTheyKnowAreFull) {
    // One more, and they might fill all their slots with each other.
    constexpr std::uint32_t newcomers = outbound_slots;
    constexpr std::size_t slots = 2 * outbound_slots;
    std::size_t full = 0;
    const std::uint64_t seeds = bezant::test::seeds_to_try(6);
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        SCOPED_TRACE(seed);
        const auto participants =
            static_cast<std::uint32_t>(32 + Random{seed}.stream("test").below(16));
        Scenario scenario = strangers(seed, participants);
        // So few that nobody has to make room for another: all are worth keeping.
        scenario.participant.inbound_slots = slots;
        come_late(scenario, newcomers);
        const auto callers = [](const World& world, ParticipantId who) {
            return world.neighbours(who).size() - called_by(world, who).size();
        };
        run_watched(std::move(scenario), two_stars(participants), {seconds(199), seconds(590)},
                    [&](const World& world) {
                        if (world.elapsed() == seconds(199)) {
                            const std::size_t least =
                                std::min(callers(world, 0), callers(world, 1));
                            full += least == slots ? 1U : 0U;
                            return;
                        }
                        EXPECT_TRUE(check_connected(connections_of(world)));
                        for (std::uint32_t i = 1; i <= newcomers; ++i)
                            EXPECT_FALSE(called_by(world, participants - i).empty()) << i;
                    });
    }
    EXPECT_EQ(full, seeds) << "or nothing is shown";
}

/// All call at once, so that most have to make room before they could ask.
TEST(Discovery, TellsACrowdOfOthers) {
    constexpr std::uint32_t participants = 40;
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(2); ++seed) {
        SCOPED_TRACE(seed);
        Scenario scenario = strangers(seed, participants);
        scenario.participant.inbound_slots = 9;
        run_watched(
            std::move(scenario), star(participants), {seconds(590)},
            [](const World& world) { EXPECT_TRUE(check_connected(connections_of(world))); });
    }
}

/// Makes everyone call somebody new all the time: to see that he answers, and hang up.
class Calls final : public Attack {
public:
    void begun(AttackControl& control) override { control.wake(0, seconds(200)); }
    void woken(AttackControl& control, std::uint64_t /*tag*/) override {
        const World& world = control.world();
        std::vector<NetworkAddress> fresh;
        for (int i = 0; i < 4; ++i) {
            ++claimed_;
            fresh.push_back({.host = ipv4_host(150, static_cast<Byte>(claimed_ >> 8U),
                                               static_cast<Byte>(claimed_), 1),
                             .port = 7'333});
            control.claim(static_cast<ParticipantId>(claimed_ % world.size()), fresh.back());
        }
        for (ParticipantId who = 0; who < world.size(); ++who) control.introduce(who, fresh);
        control.wake(0, seconds(10));
    }
    [[nodiscard]] AttackOutcome outcome(const World& /*world*/) const override { return {}; }

private:
    std::uint32_t claimed_ = 0;
};

// Whoever waits for a moment at which nobody greets anybody waits for ever.
TEST(Discovery, EndsThoughSomebodyIsAlwaysCalling) {
    constexpr std::uint32_t participants = 50;
    Scenario scenario = strangers(1, participants);
    scenario.participant.inbound_slots = participants;
    scenario.participant.dial_interval = scenario.participant.feeler_interval = seconds(1);
    scenario.link.latency_min = scenario.link.latency_max = milliseconds(700);
    scenario.workload.duration = seconds(400);
    scenario.virtual_time_max = seconds(800);
    World world{std::move(scenario), star(participants), std::make_unique<Calls>()};
    const Summary summary = run(world);
    EXPECT_EQ(summary.agreement.tips, 1U);
    EXPECT_LT(world.elapsed(), seconds(420)) << "and soon";
}

TEST(Discovery, LetsNobodyHaveMoreCallersThanSlots) {
    constexpr std::uint32_t participants = 10;
    std::vector<Edge> edges;
    for (ParticipantId who = 0; who < participants; ++who)
        for (ParticipantId other = 0; other < who; ++other) edges.push_back({other, who});
    Scenario scenario = strangers(2, participants);
    scenario.participant.inbound_slots = outbound_slots;
    std::size_t full = 0;
    run_watched(std::move(scenario), Graph{participants, std::move(edges)},
                every(seconds(2), seconds(590)), [&](const World& world) {
                    expect_in_order(world);
                    for (ParticipantId who = 0; who < participants; ++who)
                        full += world.neighbours(who).size() >= 2 * outbound_slots ? 1U : 0U;
                });
    EXPECT_GT(full, 0U) << "or nothing is shown";
}

TEST(Discovery, FillsSlotsWithOthersThanThoseKnownAtFirst) {
    run_watched(strangers(5, 16), star(16), {seconds(500)}, [](const World& world) {
        std::size_t of_strangers = 0;
        for (ParticipantId who = 0; who < world.size(); ++who) {
            EXPECT_GE(called_by(world, who).size(), outbound_slots) << who;
            EXPECT_GT(world.participant(who)->addresses().size(), 5U) << who;
            for (const ParticipantId other : called_by(world, who))
                of_strangers += other != 0 && who != 0 ? 1U : 0U;
        }
        EXPECT_GE(of_strangers, 15U * (outbound_slots - 1));
    });
}

TEST(Discovery, IsTheSameRunForTheSameSeed) {
    const auto digest_of = [](Scenario scenario) {
        World world{std::move(scenario), star(12)};
        return run(world).digest;
    };
    Scenario encoded = strangers(7, 12);
    encoded.encode_messages = true;
    const std::string digest = digest_of(strangers(7, 12));
    EXPECT_EQ(digest, digest_of(strangers(7, 12)));
    EXPECT_EQ(digest, digest_of(std::move(encoded)));
    EXPECT_NE(digest, digest_of(strangers(8, 12)));
}

/// One of thirty is down for a minute when its disk has been written: how many of the anchors that
/// it had it calls within a second.
std::size_t anchors_called(std::uint64_t seed, std::size_t anchors_kept) {
    constexpr ParticipantId who = 7;
    Scenario scenario = strangers(seed, 30);
    scenario.discovery.anchors = anchors_kept;
    scenario.workload.duration = seconds(1'200);
    scenario.workload.payments_per_1000_seconds = 0;
    scenario.faults = {{.kind = FaultKind::crash,
                        .at = seconds(1'000),
                        .participants = {who},
                        .neighbour = {},
                        .skew = {}},
                       {.kind = FaultKind::restart,
                        .at = seconds(1'060),
                        .participants = {who},
                        .neighbour = {},
                        .skew = {}}};
    std::vector<NetworkAddress> anchors;
    std::size_t called = 0;
    run_watched(
        std::move(scenario), star(30), {seconds(999), milliseconds(1'060'001), seconds(1'061)},
        [&](const World& world) {
            if (world.elapsed() == seconds(999)) anchors = world.participant(who)->anchors();
            EXPECT_GT(world.participant(who)->addresses().size(), 5U) << "it knows whom it knew";
            if (world.elapsed() != seconds(1'061)) return;
            for (const ParticipantId other : called_by(world, who))
                called += std::ranges::count(anchors, world.address_of(other)) != 0 ? 1U : 0U;
        });
    EXPECT_EQ(anchors.size(), anchors_max);
    return called;
}

TEST(Discovery, CallsTheAnchorsFirstAfterARestart) {
    std::size_t with = 0;
    std::size_t without = 0;
    const std::uint64_t seeds = bezant::test::seeds_to_try(5);
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        with += anchors_called(seed, anchors_max);
        without += anchors_called(seed, 0);
    }
    EXPECT_EQ(with, anchors_max * seeds);
    EXPECT_LT(without, with / 2 + 1) << "three of some twenty that are known";
}

TEST(Discovery, TellsOfAPartitionThatNeverHealsAndOutlivesOneThatDoes) {
    const Fault partition{.kind = FaultKind::partition,
                          .at = seconds(100),
                          .participants = {1, 2, 3},
                          .neighbour = {},
                          .skew = {}};
    Scenario scenario = strangers(3, 10);
    scenario.faults = {partition};
    World cut{scenario, star(10)};
    const auto failure = cut.run();
    ASSERT_FALSE(failure);
    EXPECT_EQ(failure.error().check, "separation");
    EXPECT_THAT(failure.error().detail,
                HasSubstr("participants 1, 2 and 3. Why: a partition lies between"));
    scenario.faults.push_back({.kind = FaultKind::heal,
                               .at = seconds(400),
                               .participants = {},
                               .neighbour = {},
                               .skew = {}});
    World healed{scenario, star(10)};
    EXPECT_EQ(run(healed).agreement.tips, 1U);
}

TEST(Discovery, KeepsTwoApartWhoseLinkIsCut) {
    Scenario scenario = strangers(4, 6);
    scenario.participant.outbound_slots = 5;
    scenario.faults = {{.kind = FaultKind::disconnect,
                        .at = seconds(200),
                        .participants = {2},
                        .neighbour = 3,
                        .skew = {}},
                       {.kind = FaultKind::reconnect,
                        .at = seconds(400),
                        .participants = {2},
                        .neighbour = 3,
                        .skew = {}}};
    run_watched(std::move(scenario), star(6), {seconds(199), seconds(390), seconds(590)},
                [](const World& world) {
                    const bool is_cut = world.elapsed() == seconds(390);
                    const auto connections = connections_of(world);
                    EXPECT_EQ(connections.has_edge(2, 3), !is_cut);
                });
}

}  // namespace
}  // namespace bezant::sim
