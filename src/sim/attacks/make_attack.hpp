// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "sim/attack.hpp"
#include "sim/scenario.hpp"

namespace bezant::sim {

/// The attack that these settings ask for; nothing for AttackKind::none.
[[nodiscard]] std::unique_ptr<Attack> make_attack(const AttackSettings& settings);

}  // namespace bezant::sim
