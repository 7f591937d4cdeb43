// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include "sim/attack.hpp"
#include "sim/attacks/story.hpp"

namespace bezant::sim {

/// A miner who confirms nobody's payments: his blocks pay him, and are empty otherwise. They break
/// no rule. It succeeds if his blocks get into the main chain; what it does is that payments wait
/// 1 / (1 - q) times as long, with his share q of the hash rate.
class EmptyBlocks final : public Attack {
public:
    explicit EmptyBlocks(const AttackSettings& settings) : settings_(settings) {}

    void prepare(Scenario& scenario, Graph& graph) override;
    std::unique_ptr<Actor> take(Seat& seat, AttackControl& control) override;
    void noticed(AttackControl& control, ParticipantId who, const Notice& notice) override;
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    AttackSettings settings_;
    PartsPerMillion hash_share_ = 0;
    /// Payments that wait, with the height of the chain when the first of all had them.
    std::map<TransactionIndex, Height> waiting_;
    std::uint64_t confirmed_ = 0;
    std::uint64_t waited_blocks_ = 0;  ///< all of them together
    Height best_height_;
    Story story_;
};

}  // namespace bezant::sim
