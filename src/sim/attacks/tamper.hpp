// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/attack.hpp"
#include "sim/attacks/altered_block.hpp"
#include "sim/attacks/deceiver.hpp"
#include "sim/attacks/newcomer.hpp"
#include "sim/attacks/story.hpp"

namespace bezant::sim {

/// After the rounds, the attacker alters a buried payment in his copy of the ledger, and offers it
/// to a newcomer who at first knows nobody else: a neighbour's place, taken anew with an empty
/// disk. Each time he is caught he covers one more trace. The same ledger is verified as a file. It
/// succeeds if the newcomer ends with an altered ledger.
class Tamper final : public Attack {
public:
    explicit Tamper(const AttackSettings& settings) : settings_(settings) {}

    void prepare(Scenario& scenario, Graph& graph) override;
    std::unique_ptr<Actor> take(Seat& seat, AttackControl& control) override;
    void round_started(AttackControl& control, std::uint32_t round) override;
    void noticed(AttackControl& control, ParticipantId who, const Notice& notice) override;
    void woken(AttackControl& control, std::uint64_t tag) override;
    [[nodiscard]] bool wants_more() const override { return !done_; }
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    void start_telling(AttackControl& control);
    void offer(AttackControl& control, const AlteredBlock& version);
    void tell_truth(AttackControl& control);
    void found(std::string_view check, Height height);
    void verify_file(const AttackControl& control, const AlteredBlock& version);
    void newcomer_moved(Duration at, const BlockTree& blocks, BlockIndex tip);

    AttackSettings settings_;
    std::optional<Newcomer> newcomer_;
    std::uint32_t rounds_ = 0;  ///< the scenario's
    Duration pace_;             ///< between offers
    bool done_ = false;

    std::optional<Lie> lie_;
    std::optional<BuriedPayment> buried_;
    BlockIndex true_tip_ = no_block;  ///< when the attack began
    std::vector<AlteredBlock> versions_;
    std::string checks_;  ///< that the alterations failed, in order
    std::optional<Duration> caught_up_at_;
    Story story_;
};

}  // namespace bezant::sim
