// SPDX-License-Identifier: Apache-2.0
#include "rpc/methods/wallet_lookup.hpp"

#include "ledger/address.hpp"

namespace bezant::rpc {

Result<net::NodeWallet*, RpcError> wallet_of(const Call& call) {
    net::NodeWallet* const wallet = call.node.wallet();
    if (wallet != nullptr) return wallet;
    return fail(ErrorCode::wallet_not_found,
                "this node has no wallet: start it with --wallet FILE");
}

std::string shown_address(const Call& call, const PublicKeyHash& owner) {
    return bezant::address_of(owner, call.node.archive().parameters().address_prefix);
}

}  // namespace bezant::rpc
