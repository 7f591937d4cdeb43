// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sim/attacks/story.hpp"
#include "sim/attacks/trade.hpp"

namespace bezant::sim {

/// An attack on one payment with a branch that is mined in secret. They all open alike: the
/// attacker waits for a coin, signs a payment of it to the victim and another back to himself, and
/// mines a block with one of the two, of which he tells nobody. What he does once he has it is the
/// attack's own. If he crashes, his secret blocks are gone, for they were in memory only, and it
/// is over.
class BranchAttack : public Attack {
public:
    void prepare(Scenario& scenario, Graph& graph) override;
    std::unique_ptr<Actor> take(Seat& seat, AttackControl& control) override;
    void noticed(AttackControl& control, ParticipantId who, const Notice& notice) override;
    [[nodiscard]] bool wants_more() const override { return phase_ != Phase::over; }

protected:
    enum class Phase : std::uint8_t {
        waiting,  ///< for a coin
        mining,   ///< the first block of his branch
        hiding,   ///< what he has
        shown,    ///< it is out
        over,
    };
    struct Opening {
        PartsPerMillion share_usual = 0;  ///< of all hash rate, if the settings do not say
        bool pays_victim = false;         ///< the branch's payment, and not the one back
        Height history_min;               ///< blocks before he begins
    };
    BranchAttack(const AttackSettings& settings, const Opening& opening)
        : settings_(settings), opening_(opening) {}

    /// The sentence with which his story begins; both payments are signed.
    [[nodiscard]] virtual std::string first_step(Height tip) const = 0;
    /// He has found the first block of his branch, with the payment in it.
    virtual void block_found(AttackControl& control, Height height) = 0;

    /// He lives honestly from now on.
    void end(AttackControl& control, const std::string& sentence);
    void tell(const AttackControl& control, const std::string& sentence);
    /// An outcome with all but the detail: it has succeeded if the victim has handed over the
    /// goods and the coin is back.
    [[nodiscard]] AttackOutcome outcome_of(const World& world, std::string name,
                                           double theory_odds) const;

    AttackSettings settings_;
    Trade trade_;
    PartsPerMillion hash_share_ = 0;
    Phase phase_ = Phase::waiting;
    BlockIndex block_ = no_block;  ///< the first of his branch
    bool is_delivered_ = false;    ///< the victim has handed over the goods
    std::string failure_;          ///< what he did instead of succeeding, if it is known

private:
    void begin(AttackControl& control, BlockIndex tip);
    void found(AttackControl& control, BlockIndex block);
    [[nodiscard]] const TransactionIndex& payment() const;

    Opening opening_;
    Amount fee_;
    Story story_;
};

}  // namespace bezant::sim
