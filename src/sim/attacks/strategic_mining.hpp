// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "sim/attack.hpp"
#include "sim/attacks/mining_strategy.hpp"
#include "sim/attacks/odds.hpp"
#include "sim/attacks/story.hpp"
#include "sim/attacks/tie_census.hpp"

namespace bezant::sim {

/// A miner who does not show his blocks at once, so that others waste their work on blocks that are
/// lost: selfish mining, its stubborn kinds, and the best there is. It succeeds if his share of the
/// main chain's blocks is larger than his share of the hash rate.
class StrategicMining final : public Attack {
public:
    explicit StrategicMining(const AttackSettings& settings) : settings_(settings) {}

    void prepare(Scenario& scenario, Graph& graph) override;
    std::unique_ptr<Actor> take(Seat& seat, AttackControl& control) override;
    void noticed(AttackControl& control, ParticipantId who, const Notice& notice) override;
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    void decided(AttackControl& control, const RaceState& state, RaceAction action,
                 BlockIndex shown);
    [[nodiscard]] RaceOdds odds() const;
    [[nodiscard]] double tie_share() const;

    AttackSettings settings_;
    std::unique_ptr<MiningStrategy> strategy_;
    std::vector<PartsPerMillion> shares_;  ///< of all hash rate, by participant
    double believed_tie_share_ = 0;

    TieCensus ties_;
    std::array<bool, 4> told_{};  ///< by action
    Story story_;
};

}  // namespace bezant::sim
