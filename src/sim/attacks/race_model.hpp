// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/attacks/mining_strategy.hpp"

namespace bezant::sim {

/// The race of a secret miner against all others as a Markov decision process (Sapirshtein,
/// Sompolinsky, Zohar 2016, "Optimal selfish mining strategies in Bitcoin", section 3): messages
/// take no time, and a race is cut off at some length, where he must end it. What comes of a rule
/// in it, and which rule is best.
///
/// Additions, multiplications, divisions and comparisons of doubles, in a fixed order, none of them
/// contracted: results are the same with every compiler.
class RaceModel {
public:
    struct Odds {
        double share = 0;      ///< of all hash rate, the secret miner's: below one half
        double tie_share = 0;  ///< of the others' hash rate, what mines on his block in a tie
    };
    explicit RaceModel(const Odds& odds);

    /// The share of the main chain's blocks that is his, in the long run.
    [[nodiscard]] double revenue_of(const MiningStrategy& strategy) const;

    /// The rule with the largest share. Of actions that are equally good it takes the first, as
    /// RaceAction lists them. Takes up to seconds as the share comes near to one half.
    [[nodiscard]] std::unique_ptr<MiningStrategy> best_strategy() const;

    [[nodiscard]] std::uint32_t length_max() const { return length_max_; }

private:
    using StateNumber = std::uint32_t;

    struct Way {
        double chance = 0;
        StateNumber to = 0;
    };
    /// One action in one state: where it leads, and how many blocks it settles on the mean.
    struct Choice {
        RaceAction action = RaceAction::wait;
        std::array<Way, 3> ways{};
        double ours = 0;
        double theirs = 0;
    };
    using Values = std::vector<double>;

    [[nodiscard]] StateNumber number(const RaceState& state) const;
    [[nodiscard]] RaceState state(StateNumber number) const;
    void add_choices(const RaceState& state);
    void add_choice(const RaceState& state, RaceAction action);
    [[nodiscard]] const Choice& choice(StateNumber state, RaceAction action) const;
    [[nodiscard]] static double worth(const Choice& choice, double ratio, const Values& values);
    [[nodiscard]] bool is_exceeded(double ratio, Values& values) const;

    Odds odds_;
    std::uint32_t length_max_;
    std::vector<Choice> choices_;
    std::vector<std::uint32_t> first_choice_;  ///< by state, and one more
};

/// Eyal & Sirer 2014, equation 8: the share of the main chain's blocks that selfish mining earns
/// with share a of all hash rate, if a share g of the others mines on its block in a tie:
///
///     (a (1 - a)^2 (4a + g (1 - 2a)) - a^3) / (1 - a (1 + (2 - a) a))
[[nodiscard]] double selfish_revenue(const RaceModel::Odds& odds);

/// From which share of all hash rate on it earns more than that share: (1 - g) / (3 - 2g).
[[nodiscard]] double selfish_threshold(double tie_share);

}  // namespace bezant::sim
