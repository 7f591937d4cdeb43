// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/make_attack.hpp"

namespace bezant::sim {

std::unique_ptr<Attack> make_attack(const AttackSettings& /*settings*/) { return nullptr; }

}  // namespace bezant::sim
