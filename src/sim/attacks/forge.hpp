// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/attack.hpp"
#include "sim/attacks/deceiver.hpp"
#include "sim/attacks/forged_payment.hpp"
#include "sim/attacks/story.hpp"

namespace bezant::sim {

/// Payments that their maker has no right to make, each told to all his neighbours: another's coin
/// under his own key, the same under the owner's public key, his own coin for a thousand million,
/// and for a little more than it is worth. It succeeds if one is ever confirmed.
class Forge final : public Attack {
public:
    explicit Forge(const AttackSettings& settings) : settings_(settings) {}

    void prepare(Scenario& scenario, Graph& graph) override;
    std::unique_ptr<Actor> take(Seat& seat, AttackControl& control) override;
    void begun(AttackControl& control) override;
    void noticed(AttackControl& control, ParticipantId who, const Notice& notice) override;
    void woken(AttackControl& control, std::uint64_t tag) override;
    [[nodiscard]] bool wants_more() const override { return !done_; }
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    /// One forged payment, and how it was received.
    struct Attempt {
        TransactionIndex payment = no_transaction;
        std::vector<ParticipantId> dropped_by;
        std::string reason;  ///< the check that failed
    };

    void offer(AttackControl& control, const Forgery& forgery);
    void refused(Duration at, ParticipantId who, const Refusal& refusal);
    void tell_of_last(Duration at);

    AttackSettings settings_;
    ParticipantId victim_ = 0;
    Duration pace_;  ///< between attempts
    std::optional<Lie> lie_;
    std::vector<Attempt> attempts_;
    bool done_ = false;
    Story story_;
};

}  // namespace bezant::sim
