// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace bezant::rpc {

/// Where a node of this built-in network answers calls, unless told otherwise; nothing for another
/// name. One below the port for neighbours.
[[nodiscard]] constexpr std::optional<std::uint16_t> default_port(std::string_view network) {
    if (network == "main") return 7'332;
    if (network == "test") return 17'332;
    if (network == "local") return 27'332;
    if (network == "classroom") return 37'332;
    return std::nullopt;
}

}  // namespace bezant::rpc
