// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "net/running_node.hpp"
#include "rpc/rpc_error.hpp"

namespace bezant::rpc {

// What methods and REST look up for a caller, or refuse with bitcoind's codes.

/// The block of this hash, whose header the participant knows.
[[nodiscard]] Result<BlockIndex, RpcError> find_block(net::RunningNode& node,
                                                      const BlockHash& hash);
/// The same, and its body is here too.
[[nodiscard]] Result<BlockIndex, RpcError> find_body(net::RunningNode& node, const BlockHash& hash);
/// The block of the best chain at this height.
[[nodiscard]] Result<BlockIndex, RpcError> block_at_height(net::RunningNode& node,
                                                           std::uint32_t height);
/// The payment of this id that waits for a block.
[[nodiscard]] Result<TransactionIndex, RpcError> find_waiting(net::RunningNode& node,
                                                              const TransactionId& id);
/// The transaction of this id in a block whose body is here.
[[nodiscard]] Result<TransactionIndex, RpcError> find_in_block(net::RunningNode& node,
                                                               BlockIndex block,
                                                               const TransactionId& id);
/// A transaction of hexadecimal digits.
[[nodiscard]] Result<Transaction, RpcError> transaction_from_hex(std::string_view digits);

}  // namespace bezant::rpc
