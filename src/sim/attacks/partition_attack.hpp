// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/attack.hpp"
#include "sim/attacks/deceiver.hpp"
#include "sim/attacks/story.hpp"
#include "sim/attacks/trade.hpp"

namespace bezant::sim {

/// One who can cut links cuts the victim and those near him off from all others, and spends one
/// coin on both sides: to the victim on his, and back to himself on the other. When the victim has
/// seen n confirmations, the cut is mended, and the side with less work loses its blocks. It
/// succeeds if that is the victim's. The odds, with the victim's side's share p of the hash rate
/// and q = 1 - p:
///
///     sum over m > n of C(m + n - 1, m) p^n q^m,  and q times as much for m = n
class PartitionAttack final : public Attack {
public:
    explicit PartitionAttack(const AttackSettings& settings) : settings_(settings) {}

    void prepare(Scenario& scenario, Graph& graph) override;
    std::unique_ptr<Actor> take(Seat& seat, AttackControl& control) override;
    void begun(AttackControl& control) override;
    void noticed(AttackControl& control, ParticipantId who, const Notice& notice) override;
    void woken(AttackControl& control, std::uint64_t tag) override;
    [[nodiscard]] bool wants_more() const override { return !is_over_; }
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    AttackSettings settings_;
    Trade trade_;
    std::vector<ParticipantId> side_;  ///< the victim's
    PartsPerMillion others_share_ = 0;
    Amount fee_;
    Height mended_at_;  ///< the victim's, when the cut was mended
    bool is_mended_ = false;
    bool is_over_ = false;
    std::optional<Lie> no_lie_;
    Story story_;
};

}  // namespace bezant::sim
