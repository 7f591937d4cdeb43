// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/attack.hpp"
#include "sim/attacks/deceiver.hpp"
#include "sim/attacks/story.hpp"

namespace bezant::sim {

/// A miner who pays himself more than the rules allow, in a block that is in order otherwise: work,
/// signatures, payments. He tries until somebody has refused one. It succeeds if such a block gets
/// into the chain.
class Inflate final : public Attack {
public:
    explicit Inflate(const AttackSettings& settings) : settings_(settings) {}

    void prepare(Scenario& scenario, Graph& graph) override;
    std::unique_ptr<Actor> take(Seat& seat, AttackControl& control) override;
    void noticed(AttackControl& control, ParticipantId who, const Notice& notice) override;
    [[nodiscard]] bool wants_more() const override { return plan_.is_greedy; }
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

    /// What the attack and its miner both know.
    struct Plan {
        bool is_greedy = true;
        std::optional<Lie> lie;          ///< the last greedy block
        std::vector<BlockIndex> blocks;  ///< all of them
    };

private:
    void refused(Duration at, ParticipantId who, const Rejection& rejection);

    AttackSettings settings_;
    Plan plan_;
    std::vector<ParticipantId> refused_by_;
    std::vector<ParticipantId> dropped_by_;
    std::string rejection_;
    Story story_;
};

}  // namespace bezant::sim
