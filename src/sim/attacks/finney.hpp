// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/attacks/story.hpp"
#include "sim/attacks/trade.hpp"

namespace bezant::sim {

/// The attack that Finney described (Bitcoin Forum 2011, "Best practice for fast transaction
/// acceptance"): the attacker mines a block with the payment back to himself, and keeps it. Then he
/// pays the victim, who waits some seconds for a second payment of the coin, sees none, and hands
/// over the goods. Then the block is shown. It fails if others find one meanwhile; the odds are
/// exp(-(1 - q) t / T) with his share q of the hash rate, the victim's patience t, and the time of
/// a block T.
class Finney final : public Attack {
public:
    explicit Finney(const AttackSettings& settings) : settings_(settings) {}

    void prepare(Scenario& scenario, Graph& graph) override;
    std::unique_ptr<Actor> take(Seat& seat, AttackControl& control) override;
    void noticed(AttackControl& control, ParticipantId who, const Notice& notice) override;
    void woken(AttackControl& control, std::uint64_t tag) override;
    [[nodiscard]] bool wants_more() const override { return phase_ != Phase::over; }
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    enum class Phase : std::uint8_t {
        waiting,  ///< for a coin
        mining,   ///< his block
        paid,     ///< the victim looks whether there is another payment
        shown,    ///< the block is out
        over,
    };

    void begin(AttackControl& control, BlockIndex tip);
    void found(AttackControl& control, BlockIndex block);

    AttackSettings settings_;
    Trade trade_;
    PartsPerMillion hash_share_ = 0;
    std::uint64_t hash_rate_ = 0;  ///< of all, hashes a second
    Amount fee_;
    Phase phase_ = Phase::waiting;
    BlockIndex block_ = no_block;
    bool is_delivered_ = false;
    Story story_;
};

}  // namespace bezant::sim
