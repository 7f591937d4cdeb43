// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "rpc/method.hpp"

namespace bezant::rpc {

// The methods of each group: a file a group.
[[nodiscard]] std::vector<Method> chain_methods();
[[nodiscard]] std::vector<Method> transaction_methods();
[[nodiscard]] std::vector<Method> pool_methods();
[[nodiscard]] std::vector<Method> network_methods();
[[nodiscard]] std::vector<Method> mining_methods();
[[nodiscard]] std::vector<Method> wallet_methods();
[[nodiscard]] std::vector<Method> control_methods();

}  // namespace bezant::rpc
