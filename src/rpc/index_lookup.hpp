// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "net/running_node.hpp"
#include "rpc/rpc_error.hpp"
#include "storage/ledger_index.hpp"

namespace bezant::rpc {

// What methods and REST look up in the node's index, or refuse with bitcoind's codes.

/// The index, which has come to the tip.
[[nodiscard]] Result<storage::IndexReader, RpcError> index_of(net::RunningNode& node);

/// The block of the best chain that has the transaction of this id.
[[nodiscard]] Result<BlockIndex, RpcError> find_confirmed(net::RunningNode& node,
                                                          const TransactionId& id);

/// Whom an address of the node's network names.
[[nodiscard]] Result<PublicKeyHash, RpcError> owner_named(net::RunningNode& node,
                                                          std::string_view address);

/// "TXID:N"
[[nodiscard]] Result<OutPoint, RpcError> outpoint_from_text(std::string_view text);

}  // namespace bezant::rpc
