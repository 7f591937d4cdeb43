// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>

#include "sim/attack.hpp"
#include "sim/attacks/eclipse_result.hpp"
#include "sim/attacks/impostor.hpp"
#include "sim/attacks/story.hpp"

namespace bezant::sim {

/// The attacker has many addresses in some network groups. He calls the victim from many of them,
/// and tells of all, until its address book is full of him; then the victim restarts, which he may
/// bring about, and chooses anew whom to call. He fills the slots of others' choice at once, and
/// tells of no block from then on. It succeeds if the victim is left with nobody but him (Heilman,
/// Kendler, Zohar, Goldberg 2015, "Eclipse attacks on Bitcoin's peer-to-peer network").
class Eclipse final : public Attack {
public:
    explicit Eclipse(const AttackSettings& settings) : settings_(settings) {}

    void prepare(Scenario& scenario, Graph& graph) override;
    std::unique_ptr<Actor> take(Seat& seat, AttackControl& control) override;
    void begun(AttackControl& control) override;
    void woken(AttackControl& control, std::uint64_t tag) override;
    [[nodiscard]] bool wants_more() const override { return !is_over_; }
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    void call(AttackControl& control);
    void restart(AttackControl& control);
    void look_into_book(AttackControl& control);
    void look_at_slots(AttackControl& control);
    void end(AttackControl& control);

    AttackSettings settings_;
    ParticipantId victim_ = 0;
    std::size_t inbound_slots_ = 0;
    std::size_t anchors_max_ = 0;
    Imposture plan_;
    std::set<NetworkAddress> his_;  ///< the same addresses, to look them up
    bool is_over_ = false;

    EclipseResult result_;
    Story story_;
};

}  // namespace bezant::sim
