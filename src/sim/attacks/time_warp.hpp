// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/attack.hpp"
#include "sim/attacks/story.hpp"

namespace bezant::sim {

/// A miner whose clock is ahead by as much as the rules let pass: to the difficulty rule his blocks
/// look late, so that the next is easier. Under a rule that looks at periods one after the other
/// such a lie adds up; ASERT compares each block's time with the schedule from the first block on,
/// so that all lies together make the chain run ahead of the schedule by the lie's length at most,
/// once. The network begins at half the difficulty that the hash rate is worth, so that the easiest
/// target there may be does not hold the schedule back. It succeeds if the chain is farther ahead
/// than the lie is long.
class TimeWarp final : public Attack {
public:
    explicit TimeWarp(const AttackSettings& settings) : settings_(settings) {}

    void prepare(Scenario& scenario, Graph& graph) override;
    void begun(AttackControl& control) override;
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    AttackSettings settings_;
    PartsPerMillion hash_share_ = 0;
    std::uint64_t hash_rate_ = 0;  ///< of all, hashes a second
    Duration ahead_;
    Story story_;
};

}  // namespace bezant::sim
