// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "sim/attacks/race_model.hpp"

namespace bezant::sim {

/// The rule that earns the largest share of the main chain's blocks in this race, by bisection of
/// the share and value iteration (Sapirshtein, Sompolinsky, Zohar 2016, section 4). Of actions that
/// are equally good it takes the first, as RaceAction lists them: so it is the same with every
/// compiler. Takes up to seconds as the miner's share comes near to one half.
[[nodiscard]] std::unique_ptr<MiningStrategy> best_strategy(const RaceModel& model);

}  // namespace bezant::sim
