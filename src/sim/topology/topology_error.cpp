// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/topology_error.hpp"

#include <fmt/format.h>

namespace bezant::sim {

std::string describe(const TopologyError& error, std::string_view source) {
    if (error.line == 0) return fmt::format("{}: {}", source, error.message);
    return fmt::format("{}:{}: {}", source, error.line, error.message);
}

}  // namespace bezant::sim
