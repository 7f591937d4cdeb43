// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace bezant::test {

/// How many seeds a test over seeds tries, at least one: as many as it usually does, or in
/// proportion to the environment variable BEZANT_SEEDS, which says how many become of 100. So a
/// campaign tries more of everything, and a slow sanitizer less.
inline std::uint64_t seeds_to_try(std::uint64_t usually) {
    const char* of_hundred = std::getenv("BEZANT_SEEDS");
    if (of_hundred == nullptr) return usually;
    return std::max<std::uint64_t>(1, usually * std::stoull(of_hundred) / 100);
}

}  // namespace bezant::test
