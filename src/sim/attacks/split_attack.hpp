// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "sim/attacks/deceiver.hpp"
#include "sim/attacks/story.hpp"
#include "sim/attacks/trade.hpp"

namespace bezant::sim {

/// An attack that spends one coin twice at the same moment: the payment to the victim is handed in
/// where he is, and the one back where the attacker is. The first seen is kept, so pools are split.
/// An attacker who owns nothing waits until he has mined a coin. He makes no other payments.
class SplitAttack : public Attack {
public:
    void prepare(Scenario& scenario, Graph& graph) override;
    std::unique_ptr<Actor> take(Seat& seat, AttackControl& control) override;
    void begun(AttackControl& control) override;
    void woken(AttackControl& control, std::uint64_t tag) override;
    [[nodiscard]] bool wants_more() const override { return !is_over_; }

protected:
    /// Who has one of the two payments in his pool, or both.
    struct Holder {
        ParticipantId who = 0;
        bool of_victims = false;
        bool of_back = false;
    };
    explicit SplitAttack(const AttackSettings& settings) : settings_(settings) {}

    /// Both are signed and on their way: the next sentence of his story.
    [[nodiscard]] virtual std::string paid(const World& world) const = 0;
    /// How long after that they have spread; and who holds them then.
    [[nodiscard]] virtual Duration spread_time() const = 0;
    virtual void spread(const World& world, const std::vector<Holder>& holders) = 0;

    AttackSettings settings_;
    Trade trade_;
    Story story_;
    bool is_over_ = false;  ///< or he never had a coin

private:
    void pay_twice(AttackControl& control);

    Amount fee_;
    std::uint32_t tries_ = 0;
    std::optional<Lie> no_lie_;
};

}  // namespace bezant::sim
