// SPDX-License-Identifier: Apache-2.0
#include "sim/separation.hpp"

#include <gmock/gmock.h>

#include "tests/seeds.hpp"
#include "tests/unit/sim/attack_run.hpp"

namespace bezant::sim {
namespace {

using test::sampled;
using test::ten_participants;
using testing::ElementsAre;
using testing::HasSubstr;

Fault fault_of(FaultKind kind, Duration at, std::vector<ParticipantId> participants,
               std::optional<ParticipantId> neighbour = {}) {
    return {.kind = kind,
            .at = at,
            .participants = std::move(participants),
            .neighbour = neighbour,
            .skew = {}};
}

/// How a run ends in which these things go wrong.
Result<Summary, RunFailure> run(std::vector<Fault> faults) {
    Scenario scenario = sampled(6, 10);
    scenario.faults = std::move(faults);
    World world{std::move(scenario), ten_participants()};
    return world.run();
}

TEST(Separation, OfAPartitionThatNeverHealsEndsTheRunAtOnce) {
    const auto summary = run({fault_of(FaultKind::partition, seconds(1), {5, 8})});
    ASSERT_FALSE(summary);
    EXPECT_EQ(summary.error().check, "separation");
    EXPECT_EQ(summary.error().seed, 6U);
    EXPECT_THAT(summary.error().detail,
                HasSubstr("at 1.000000 s: cut off for good from participants 0, 1, 2, 3, 4, 6, 7 "
                          "and 9: participant 5; participant 8. Why: a partition lies between "
                          "participants 4 and 5; a partition lies between participants 4 and 8"));
    EXPECT_THAT(summary.error().parts,
                ElementsAre(ElementsAre(5), ElementsAre(8), ElementsAre(0, 1, 2, 3, 4, 6, 7, 9)));
}

TEST(Separation, IsByACrashOfWhoeverWasBetween) {
    const auto summary = run({fault_of(FaultKind::crash, seconds(2), {1})});
    ASSERT_FALSE(summary);
    EXPECT_EQ(summary.error().check, "separation");
    EXPECT_THAT(summary.error().parts,
                ElementsAre(ElementsAre(0, 6, 7), ElementsAre(2, 3, 4, 5, 8, 9)));
    EXPECT_THAT(summary.error().detail, HasSubstr("Why: participant 1 is down"));
}

TEST(Separation, IsByACutLink) {
    const auto summary = run({fault_of(FaultKind::disconnect, seconds(2), {3}, 9)});
    ASSERT_FALSE(summary);
    EXPECT_THAT(summary.error().parts,
                ElementsAre(ElementsAre(9), ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8)));
    EXPECT_THAT(summary.error().detail, HasSubstr("the link of participants 3 and 9 is cut"));
}

TEST(Separation, IsNoneWhereItWillBeMended) {
    EXPECT_TRUE(run({fault_of(FaultKind::partition, seconds(1), {5, 8}),
                     fault_of(FaultKind::heal, seconds(500), {})}));
    EXPECT_TRUE(run({fault_of(FaultKind::crash, seconds(1), {1}),
                     fault_of(FaultKind::restart, seconds(500), {1})}));
}

TEST(Separation, IsNoneWhereWhoIsAwayIsNotMissed) {
    EXPECT_TRUE(run({fault_of(FaultKind::crash, seconds(1), {5}),
                     fault_of(FaultKind::disconnect, seconds(2), {4}, 5)}));
}

/// Sits between others and tells one lie that no honest participant would.
class Fool final : public Actor {
public:
    explicit Fool(Seat seat) : honest_(std::move(seat)) {}

    void handle(const Event& event, Time now, Effects& effects) override {
        honest_.handle(event, now, effects);
        const auto* arrived = std::get_if<MessageArrived>(&event);
        if (arrived != nullptr && std::holds_alternative<Hello>(arrived->message))
            effects.send(arrived->peer, Malformed{.fault = "a test's"});
    }
    [[nodiscard]] const Participant* participant() const override { return honest_.participant(); }
    [[nodiscard]] bool is_honest() const override { return false; }

private:
    HonestActor honest_;
};

/// Seats a fool.
class Folly final : public Attack {
public:
    explicit Folly(ParticipantId who) : who_(who) {}

    std::unique_ptr<Actor> take(Seat& seat, AttackControl& /*control*/) override {
        if (seat.id != who_) return nullptr;
        return std::make_unique<Fool>(std::move(seat));
    }
    [[nodiscard]] AttackOutcome outcome(const World& /*world*/) const override {
        AttackOutcome outcome;
        outcome.name = "folly";
        return outcome;
    }

private:
    ParticipantId who_;
};

TEST(Separation, IsByACheatWhomANeighbourDropped) {
    World world{sampled(3, 10), ten_participants(), std::make_unique<Folly>(0)};
    const auto summary = world.run();
    ASSERT_FALSE(summary);
    EXPECT_EQ(summary.error().check, "separation");
    EXPECT_THAT(summary.error().parts,
                ElementsAre(ElementsAre(6, 7), ElementsAre(1, 2, 3, 4, 5, 8, 9)));
    EXPECT_THAT(summary.error().detail,
                HasSubstr("participant 1 has dropped participant 0 for malformed_message"));
    EXPECT_EQ(summary.error().attack.value().name, "folly");
    EXPECT_LT(world.elapsed(), seconds(2));
}

TEST(Separation, IsNoneWhereTheCheatStoodAtTheEdge) {
    World world{sampled(3, 10), ten_participants(), std::make_unique<Folly>(9)};
    EXPECT_TRUE(world.run());
}

TEST(Separation, IsNeverOfAnAttackThatHasAnEnd) {
    for (const AttackKind kind : {AttackKind::double_spend, AttackKind::forge, AttackKind::tamper,
                                  AttackKind::inflate, AttackKind::majority}) {
        for (ParticipantId attacker = 0; attacker < 10; ++attacker) {
            for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(5); ++seed) {
                const test::AttackRun attack{test::attacked(sampled(seed, 10), kind, attacker),
                                             ten_participants()};
                ASSERT_NO_FATAL_FAILURE(attack.expect_sound());
                EXPECT_LT(attack.summary().virtual_time, seconds(10'000)) << attack.seed_text();
                EXPECT_EQ(attack.outcome().succeeded, kind == AttackKind::majority);
            }
        }
    }
}

}  // namespace
}  // namespace bezant::sim
