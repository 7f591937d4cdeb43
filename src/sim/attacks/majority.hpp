// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sim/attacks/story.hpp"
#include "sim/attacks/trade.hpp"

namespace bezant::sim {

/// The attacker pays the victim, waits until the victim sees n confirmations, and mines a branch in
/// secret meanwhile, from before that payment, in which the coin goes back to himself. When his
/// branch is longer he shows it. It succeeds if the payment that the victim saw confirmed is gone:
/// for certain with more than half of all hash rate, and with the odds of Rosenfeld 2012 with less.
class Majority final : public Attack {
public:
    explicit Majority(const AttackSettings& settings) : settings_(settings) {}

    void prepare(Scenario& scenario, Graph& graph) override;
    std::unique_ptr<Actor> take(Seat& seat, AttackControl& control) override;
    void noticed(AttackControl& control, ParticipantId who, const Notice& notice) override;
    [[nodiscard]] bool wants_more() const override { return phase_ != Phase::over; }
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    enum class Phase : std::uint8_t {
        waiting,   ///< for a coin, and for a chain to speak of
        prepared,  ///< he mines the first block of his branch, before he pays
        racing,    ///< he has paid, and mines in secret
        shown,     ///< his branch is out
        over,
    };

    void begin(AttackControl& control, BlockIndex tip);
    void secret_block_found(AttackControl& control, BlockIndex block);
    void tip_seen(BlockIndex tip, const BlockTree& blocks);
    void victim_moved(AttackControl& control, Height height);
    void weigh(AttackControl& control);
    void end(AttackControl& control, const std::string& sentence);

    AttackSettings settings_;
    Trade trade_;
    PartsPerMillion hash_share_ = 0;
    std::uint32_t behind_max_ = 0;  ///< so far behind he gives up
    Amount fee_;
    Phase phase_ = Phase::waiting;
    BlockIndex public_tip_ = genesis_index;  ///< the best that is not on his branch
    BlockIndex secret_tip_ = no_block;
    Height shown_at_;
    bool is_delivered_ = false;  ///< the victim has seen enough
    std::string failure_ = "did not get his branch accepted";
    Story story_;
};

}  // namespace bezant::sim
