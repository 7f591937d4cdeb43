// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "node/network_address.hpp"

namespace bezant::rpc {

/// "1.2.3.4", "2001:db8::1".
[[nodiscard]] std::string to_text(const Host& host);

/// Reads the same; also with the length of a prefix that covers it whole ("1.2.3.4/32"), as
/// bitcoind writes single hosts.
[[nodiscard]] std::optional<Host> host_from_text(std::string_view text);

}  // namespace bezant::rpc
