// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <vector>

#include "sim/attack.hpp"
#include "sim/attacks/deceiver.hpp"
#include "sim/attacks/story.hpp"

namespace bezant::sim {

/// The attacker splits a coin into many, and pays each of them to himself for next to no fee, all
/// at once: more than fits into the pools. It succeeds if some pool outgrows its bound, or a
/// payment with an honest fee is in none of the last blocks, though it was made before them.
class Flood final : public Attack {
public:
    explicit Flood(const AttackSettings& settings) : settings_(settings) {}

    void prepare(Scenario& scenario, Graph& graph) override;
    std::unique_ptr<Actor> take(Seat& seat, AttackControl& control) override;
    void begun(AttackControl& control) override;
    void woken(AttackControl& control, std::uint64_t tag) override;
    [[nodiscard]] bool wants_more() const override { return looks_left_ > 0; }
    [[nodiscard]] AttackOutcome outcome(const World& world) const override;

private:
    void split_coin(AttackControl& control);
    void flood(AttackControl& control);
    void look_into_pools(const World& world);

    AttackSettings settings_;
    std::size_t pool_bytes_max_ = 0;
    TransactionIndex split_ = no_transaction;
    std::set<TransactionIndex> spam_;
    std::size_t spam_bytes_ = 0;
    std::size_t fullest_ = 0;  ///< bytes in the fullest pool that was ever seen
    std::uint32_t looks_left_;
    std::optional<Lie> no_lie_;
    Story story_;
};

}  // namespace bezant::sim
