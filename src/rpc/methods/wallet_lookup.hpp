// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "net/wallet/node_wallet.hpp"
#include "rpc/method.hpp"

namespace bezant::rpc {

/// The node's wallet, for a method that cannot do without.
[[nodiscard]] Result<net::NodeWallet*, RpcError> wallet_of(const Call& call);

/// The address of this owner on the node's network.
[[nodiscard]] std::string shown_address(const Call& call, const PublicKeyHash& owner);

/// When there is no wallet.
inline constexpr ErrorCase no_wallet{ErrorCode::wallet_not_found, "the node has no wallet"};

}  // namespace bezant::rpc
