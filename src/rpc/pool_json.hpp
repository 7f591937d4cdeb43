// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "net/running_node.hpp"
#include "rpc/chain_lookup.hpp"
#include "rpc/json_text.hpp"

namespace bezant::rpc {

// The payments that wait for a block, as members of results.

[[nodiscard]] json::object pool_in_json(net::RunningNode& node);
/// Ids, oldest first.
[[nodiscard]] json::array payment_ids_in_json(net::RunningNode& node);
/// A held payment, and its place among the others.
[[nodiscard]] json::object payment_in_json(net::RunningNode& node, TransactionIndex payment);
/// All of them, by id.
[[nodiscard]] json::object payments_in_json(net::RunningNode& node);

}  // namespace bezant::rpc
