// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "mempool/refusal.hpp"
#include "net/running_node.hpp"
#include "rpc/rpc_error.hpp"

namespace bezant::rpc {

/// A refusal as bitcoind numbers it, with what was got and expected.
[[nodiscard]] RpcError error_for(const Archive& archive, const Refusal& refusal);

/// Hands a payment in, and says why it was refused, if it was. One that is held already is not
/// refused.
[[nodiscard]] std::optional<RpcError> submit(net::RunningNode& node, Transaction payment);

}  // namespace bezant::rpc
