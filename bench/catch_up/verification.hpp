// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "bench/catch_up/chain.hpp"
#include "bench/catch_up/cost.hpp"

namespace bezant::bench {

/// Threads that can run at once.
[[nodiscard]] unsigned cores();

/// What it takes to verify these on all cores with libsodium, and nothing else.
[[nodiscard]] Cost cost_to_verify(const std::vector<SignedMessage>& signatures);

}  // namespace bezant::bench
