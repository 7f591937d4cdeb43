// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/attacks/crafted_payment.hpp"
#include "tests/unit/sim/scenarios.hpp"

namespace bezant::sim::test {

/// The scenario with an attack in it.
inline Scenario attacked(Scenario scenario, AttackKind kind, ParticipantId attacker) {
    scenario.attack.kind = kind;
    scenario.attack.attacker = attacker;
    return scenario;
}

/// Everyone of a network but one.
inline ParticipantId another(Random& random, std::uint32_t participants, ParticipantId but) {
    const auto drawn = static_cast<ParticipantId>(random.below(participants - 1));
    return drawn < but ? drawn : drawn + 1;
}

/// A run with an attack, and what all others saw of it: what participants say and what is in the
/// archive, never what the attack says of itself.
class AttackRun final : public Observer {
public:
    struct RefusedPayment {
        ParticipantId by = 0;
        TransactionIndex payment;
        std::string reason;
    };
    struct RefusedBlock {
        ParticipantId by = 0;
        BlockIndex block;
        Rejection rejection;
    };
    struct Drop {
        ParticipantId by = 0;
        Misconduct misconduct{};
    };
    struct Report {  ///< of an attempted double spend
        ParticipantId by = 0;
        TransactionIndex held;
        TransactionIndex offered;
        bool pays_us = false;
    };

    AttackRun(Scenario scenario, Graph graph) : world_(std::move(scenario), std::move(graph)) {
        world_.add_observer(*this);
        result_ = world_.run();
    }

    /// The run ended as one without an attack would: in agreement, with all money accounted for.
    void expect_sound() const {
        ASSERT_TRUE(result_) << text_of(result_.error());
        EXPECT_EQ(summary().agreement.tips, 1U) << seed_text();
        EXPECT_TRUE(summary().ledger.balanced) << seed_text();
        ASSERT_TRUE(summary().attack) << seed_text();
    }

    [[nodiscard]] const Result<Summary, RunFailure>& result() const { return result_; }
    [[nodiscard]] const Summary& summary() const { return *result_; }
    [[nodiscard]] const AttackOutcome& outcome() const { return summary().attack.value(); }
    /// What the attack itself measured under this name.
    [[nodiscard]] const AttackOutcome::Figure& figure(std::string_view name) const {
        const auto& figures = outcome().figures;
        const auto found = std::ranges::find(figures, name, &AttackOutcome::Figure::name);
        if (found == figures.end()) throw std::out_of_range{std::string{name}};
        return *found;
    }
    [[nodiscard]] const World& world() const { return world_; }
    [[nodiscard]] const Archive& archive() const { return world_.archive(); }
    [[nodiscard]] std::string seed_text() const {
        return fmt::format("seed {}, attacker {}", world_.scenario().seed,
                           world_.scenario().attack.attacker);
    }

    [[nodiscard]] bool is_confirmed(TransactionIndex payment) const {
        return sim::is_confirmed(archive(), payment, world_.common_tip());
    }
    [[nodiscard]] bool was_held(ParticipantId who, TransactionIndex payment) const {
        return held_.contains({who, payment.value});
    }
    [[nodiscard]] bool was_held(TransactionIndex payment) const {
        return std::ranges::any_of(held_,
                                   [&](const auto& held) { return held.second == payment.value; });
    }

    std::vector<RefusedPayment> refused_payments;
    std::vector<RefusedBlock> refused_blocks;
    std::vector<Drop> drops;
    std::vector<Report> reports;

private:
    void noticed(const ObservedWorld&, ParticipantId who, const Notice& notice) override {
        if (who == world_.scenario().attack.attacker) return;
        if (const auto* accepted = std::get_if<PaymentAccepted>(&notice))
            held_.insert({who, accepted->payment.value});
        if (const auto* refused = std::get_if<PaymentRefused>(&notice))
            refused_payments.push_back(
                {who, refused->payment, std::string{to_text(refused->refusal)}});
        if (const auto* refused = std::get_if<BlockRefused>(&notice))
            refused_blocks.push_back({who, refused->block, refused->rejection});
        if (const auto* dropped = std::get_if<PeerDropped>(&notice))
            drops.push_back({who, dropped->misconduct});
        if (const auto* report = std::get_if<DoubleSpendAttempted>(&notice))
            reports.push_back({who, report->held, report->offered, report->pays_us});
    }

    World world_;
    Result<Summary, RunFailure> result_ = unexpected(RunFailure{});
    std::set<std::pair<ParticipantId, std::uint32_t>> held_;
};

}  // namespace bezant::sim::test
