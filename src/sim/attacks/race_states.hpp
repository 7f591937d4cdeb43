// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/attacks/mining_strategy.hpp"

namespace bezant::sim {

using RaceStateNumber = std::uint32_t;

/// All states of a race in which no side has more than so many blocks, numbered from 0 on without a
/// gap.
class RaceStates {
public:
    explicit RaceStates(std::uint32_t length_max) : length_max_(length_max) {}

    [[nodiscard]] std::uint32_t length_max() const { return length_max_; }
    [[nodiscard]] RaceStateNumber count() const {
        return (length_max_ + 1) * (length_max_ + 1) * forks;
    }
    [[nodiscard]] RaceStateNumber number(const RaceState& state) const {
        return (state.ours * (length_max_ + 1) + state.theirs) * forks +
               static_cast<RaceStateNumber>(state.fork);
    }
    [[nodiscard]] RaceState state(RaceStateNumber number) const {
        const RaceStateNumber lengths = number / forks;
        return {.ours = lengths / (length_max_ + 1),
                .theirs = lengths % (length_max_ + 1),
                .fork = static_cast<RaceFork>(number % forks)};
    }

private:
    static constexpr std::uint32_t forks = 3;

    std::uint32_t length_max_;
};

}  // namespace bezant::sim
