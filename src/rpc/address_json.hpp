// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <optional>

#include "rpc/index_lookup.hpp"
#include "rpc/json_text.hpp"

namespace bezant::rpc {

// What the node's index knows of an address, as members of results. Only what is confirmed counts.

/// As getaddressbalance tells it.
[[nodiscard]] Result<json::object, RpcError> balance_in_json(net::RunningNode& node,
                                                             const PublicKeyHash& owner);
/// A page of getaddresshistory: up to so many transactions, of all or of those before this one.
[[nodiscard]] Result<json::object, RpcError> history_in_json(
    net::RunningNode& node, const PublicKeyHash& owner, std::uint32_t count,
    const std::optional<TransactionId>& after);
/// A page of getaddressutxos: up to so many coins, of all or of those after this one.
[[nodiscard]] Result<json::object, RpcError> coins_in_json(net::RunningNode& node,
                                                           const PublicKeyHash& owner,
                                                           std::uint32_t count,
                                                           const std::optional<OutPoint>& after);

}  // namespace bezant::rpc
