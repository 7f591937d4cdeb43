// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "sim/attack.hpp"
#include "sim/attacks/story.hpp"

namespace bezant::sim {

/// The attacker pays the victim, waits until the victim sees n confirmations, and mines a branch in
/// secret meanwhile, from before that payment, in which the coin goes back to himself. When his
/// branch is longer he shows it. It succeeds if the payment that the victim saw confirmed is gone:
/// for certain with more than half of all hash rate, and with the odds of Rosenfeld 2012 with less.
class Majority final : public Attack {
public:
    explicit Majority(const AttackSettings& settings) : settings_(settings) {}

    void prepare(Scenario& scenario, const Graph& graph) override;
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

    void public_tip_seen(AttackControl& control, const TipMoved& moved);
    void begin(AttackControl& control, BlockIndex tip);
    void secret_block_found(AttackControl& control, BlockIndex block);
    void victim_moved(AttackControl& control, const TipMoved& moved);
    void look_for_payment(AttackControl& control, const TipMoved& moved);
    void weigh(AttackControl& control);
    void end(AttackControl& control, const std::string& sentence);
    [[nodiscard]] std::uint32_t height_of(const AttackControl& control, BlockIndex block) const;

    AttackSettings settings_;
    ParticipantId victim_ = 0;
    Amount fee_;
    Phase phase_ = Phase::waiting;

    TransactionIndex paid_ = no_transaction;    ///< to the victim
    TransactionIndex secret_ = no_transaction;  ///< the same coin, back to the attacker
    BlockIndex public_tip_ = genesis_index;     ///< the best that is not on his branch
    BlockIndex secret_tip_ = no_block;
    std::optional<BlockIndex> paid_in_;  ///< the block that confirms the payment on victim's chain
    std::uint32_t confirmations_ = 0;    ///< the most that the victim saw
    std::optional<BlockIndex> reversed_at_;  ///< the victim's tip after the reversal
    std::string failure_ = "did not get his branch accepted";  ///< if he does not succeed
    Story story_;
};

}  // namespace bezant::sim
