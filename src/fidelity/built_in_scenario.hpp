// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "sim/scenario.hpp"

namespace bezant::fidelity {

/// The built-in scenario of this name, which there must be, with this seed.
[[nodiscard]] sim::Scenario built_in_scenario(std::string_view name, std::uint64_t seed);

}  // namespace bezant::fidelity
