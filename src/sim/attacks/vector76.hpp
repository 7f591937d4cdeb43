// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/attacks/story.hpp"
#include "sim/attacks/trade.hpp"

namespace bezant::sim {

/// The attack on those who wait for one block (vector76, Bitcoin Forum 2011, "Fake Bitcoins?"). The
/// attacker mines a block with the payment to the victim, and keeps it until others find one of
/// the same height. Then he shows his to the victim, near whom he sits, so that the victim sees a
/// confirmation and hands over the goods; to all others he gives the payment back. It succeeds
/// unless the victim has found the rival, or finds the block after it: with the victim's share v
/// and his own share q of the hash rate, the odds are ((1 - q - v) / (1 - q))^2.
class Vector76 final : public Attack {
public:
    explicit Vector76(const AttackSettings& settings) : settings_(settings) {}

    void prepare(Scenario& scenario, Graph& graph) override;
    std::unique_ptr<Actor> take(Seat& seat, AttackControl& control) override;
    void noticed(AttackControl& control, ParticipantId who, const Notice& notice) override;
    [[nodiscard]] bool wants_more() const override { return phase_ != Phase::over; }
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    enum class Phase : std::uint8_t {
        waiting,  ///< for a coin
        mining,   ///< his block
        hiding,   ///< it, until others have found one
        shown,    ///< both are out
        over,
    };

    void begin(AttackControl& control, BlockIndex tip);
    void found(AttackControl& control, BlockIndex block);
    void strike(AttackControl& control, ParticipantId finder);

    AttackSettings settings_;
    Trade trade_;
    PartsPerMillion hash_share_ = 0;
    PartsPerMillion victims_share_ = 0;
    Amount fee_;
    Phase phase_ = Phase::waiting;
    BlockIndex block_ = no_block;
    bool is_delivered_ = false;
    Story story_;
};

}  // namespace bezant::sim
