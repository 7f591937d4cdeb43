// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

#include "report/people.hpp"
#include "report/text_style.hpp"
#include "sim/observed_world.hpp"
#include "sim/summary.hpp"

namespace bezant::report {

/// Prints what a run came to: the main chain (its first and last blocks if it is long), everyone's
/// balance, the supply audit, stale blocks and why, agreement, and the digest.
void print_final_report(std::ostream& out, const TextStyle& style, const People& people,
                        const sim::ObservedWorld& world, const sim::Summary& summary);

/// Prints what an attack tried, step by step, and what came of it.
void print_attack(std::ostream& out, const TextStyle& style, const People& people,
                  const sim::AttackOutcome& attack);

}  // namespace bezant::report
