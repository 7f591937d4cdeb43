// SPDX-License-Identifier: Apache-2.0
#include "rpc/index_lookup.hpp"

#include <fmt/format.h>

#include <charconv>

#include "base/hex.hpp"
#include "ledger/address.hpp"

namespace bezant::rpc {

Result<storage::IndexReader, RpcError> index_of(net::RunningNode& node) {
    const storage::LedgerIndex* const index = node.index();
    if (index == nullptr) {
        return fail(ErrorCode::miscellaneous,
                    "this node keeps no index of transactions and addresses: start it with "
                    "--index");
    }
    if (index->is_complete()) return index->reader();
    const auto height = index->height();
    return fail(ErrorCode::miscellaneous,
                fmt::format("blocks are still being read into the index, {} of {}: ask again, "
                            "getindexinfo tells how far it has come",
                            height ? height->value : 0, node.participant().chain().height().value));
}

Result<BlockIndex, RpcError> find_confirmed(net::RunningNode& node, const TransactionId& id) {
    const auto index = index_of(node);
    if (!index) return unexpected{index.error()};
    if (const auto place = index->find(id))
        return node.participant().chain().block_at(place->height);
    return fail(ErrorCode::invalid_address_or_key,
                "no transaction of this id waits for a block or is in one of the best chain");
}

Result<PublicKeyHash, RpcError> owner_named(net::RunningNode& node, std::string_view address) {
    const auto owner = owner_of_address(address, node.archive().parameters().address_prefix);
    if (owner) return *owner;
    return fail(ErrorCode::invalid_address_or_key, owner.error().text);
}

Result<OutPoint, RpcError> outpoint_from_text(std::string_view text) {
    const std::size_t colon = text.find(':');
    const auto id = fixed_from_hex_reversed<TransactionId>(text.substr(0, colon));
    const std::string_view digits = colon == text.npos ? "" : text.substr(colon + 1);
    std::uint32_t index = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, index);
    if (id && error == std::errc{} && stopped == end) return OutPoint{*id, index};
    return fail(ErrorCode::invalid_parameter,
                "a coin is named by 64 hexadecimal digits, a colon and a number: TXID:N");
}

}  // namespace bezant::rpc
