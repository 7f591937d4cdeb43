// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "apps/command.hpp"

namespace bezant::apps {

/// `bezant bench sim`
[[nodiscard]] Command add_bench_sim(CLI::App& bench);
/// `bezant bench fidelity`
[[nodiscard]] Command add_bench_fidelity(CLI::App& bench);

}  // namespace bezant::apps
