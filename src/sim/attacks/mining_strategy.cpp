// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/mining_strategy.hpp"

namespace bezant::sim {

RaceAction SelfishStrategy::choose(const RaceState& state) const {
    const auto& [ours, theirs, fork] = state;
    if (theirs > ours) return RaceAction::adopt;
    const bool is_close = theirs > 0 && ours == theirs + 1;
    const bool is_stubborn = fork == RaceFork::active ? stubborn_.in_tie : stubborn_.in_lead;
    if (is_close && !is_stubborn) return RaceAction::overtake;
    return fork == RaceFork::relevant ? RaceAction::match : RaceAction::wait;
}

}  // namespace bezant::sim
