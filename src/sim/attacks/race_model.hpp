// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/attacks/odds.hpp"
#include "sim/attacks/race_states.hpp"

namespace bezant::sim {

/// The race of a secret miner against all others as a Markov decision process (Sapirshtein,
/// Sompolinsky, Zohar 2016, "Optimal selfish mining strategies in Bitcoin", section 3): messages
/// take no time, and a race is cut off at some length, where he must end it.
///
/// Additions, multiplications, divisions and comparisons of doubles, in a fixed order, none of them
/// contracted: results are the same with every compiler.
class RaceModel {
public:
    struct Way {
        double chance = 0;
        RaceStateNumber to = 0;
    };
    /// One action in one state: where it leads, and how many blocks it settles on the mean.
    struct Choice {
        RaceAction action = RaceAction::wait;
        std::array<Way, 3> ways{};
        double ours = 0;
        double theirs = 0;
    };

    explicit RaceModel(const RaceOdds& odds);

    [[nodiscard]] const RaceOdds& odds() const { return odds_; }
    [[nodiscard]] const RaceStates& states() const { return states_; }
    /// What he can do, in the order in which RaceAction lists it; at least one thing.
    [[nodiscard]] std::span<const Choice> choices(RaceStateNumber state) const;

    /// The share of the main chain's blocks that is his under this rule, in the long run.
    [[nodiscard]] double revenue_of(const MiningStrategy& strategy) const;

private:
    void add_choices(const RaceState& state);
    void add_choice(const RaceState& state, RaceAction action);
    [[nodiscard]] const Choice& choice(RaceStateNumber state, RaceAction action) const;

    RaceOdds odds_;
    RaceStates states_;
    std::vector<Choice> choices_;
    std::vector<std::uint32_t> first_choice_;  ///< by state, and one more
};

}  // namespace bezant::sim
