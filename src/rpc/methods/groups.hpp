// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "rpc/method.hpp"

namespace bezant::rpc {

// The methods by what they are about: a file each. Neighbours may be of one group.
[[nodiscard]] std::vector<Method> chain_methods();
[[nodiscard]] std::vector<Method> block_methods();
[[nodiscard]] std::vector<Method> coin_methods();
[[nodiscard]] std::vector<Method> transaction_methods();
[[nodiscard]] std::vector<Method> index_methods();
[[nodiscard]] std::vector<Method> pool_methods();
[[nodiscard]] std::vector<Method> network_methods();
[[nodiscard]] std::vector<Method> neighbour_methods();
[[nodiscard]] std::vector<Method> ban_methods();
[[nodiscard]] std::vector<Method> mining_methods();
[[nodiscard]] std::vector<Method> block_making_methods();
[[nodiscard]] std::vector<Method> work_methods();
[[nodiscard]] std::vector<Method> wallet_methods();
[[nodiscard]] std::vector<Method> wallet_paying_methods();
[[nodiscard]] std::vector<Method> wallet_secret_methods();
[[nodiscard]] std::vector<Method> control_methods();

/// All of them, in the order in which groups are shown.
inline constexpr std::array method_files{
    chain_methods,  block_methods,         coin_methods,          transaction_methods,
    index_methods,  pool_methods,          network_methods,       neighbour_methods,
    ban_methods,    mining_methods,        block_making_methods,  work_methods,
    wallet_methods, wallet_paying_methods, wallet_secret_methods, control_methods};

}  // namespace bezant::rpc
