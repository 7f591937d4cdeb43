// SPDX-License-Identifier: Apache-2.0
#include "rpc/chain_lookup.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/hex.hpp"
#include "ledger/codec.hpp"

namespace bezant::rpc {

Result<BlockIndex, RpcError> find_block(net::RunningNode& node, const BlockHash& hash) {
    const auto block = node.archive().blocks().find(hash);
    if (block && node.participant().chain().has_header(*block)) return *block;
    return fail(ErrorCode::invalid_address_or_key, "there is no block of this hash here");
}

Result<BlockIndex, RpcError> find_body(net::RunningNode& node, const BlockHash& hash) {
    auto block = find_block(node, hash);
    if (!block || node.participant().chain().has_body(*block)) return block;
    return fail(ErrorCode::miscellaneous, "only the header of this block has come yet");
}

Result<BlockIndex, RpcError> block_at_height(net::RunningNode& node, std::uint32_t height) {
    const LocalChain& chain = node.participant().chain();
    if (height <= chain.height().value) return chain.block_at(Height{height});
    return fail(ErrorCode::invalid_parameter,
                fmt::format("there is no block of height {}: the best chain ends at {}", height,
                            chain.height().value));
}

Result<TransactionIndex, RpcError> find_waiting(net::RunningNode& node, const TransactionId& id) {
    if (const auto payment = node.participant().mempool().find(id)) return *payment;
    return fail(ErrorCode::invalid_address_or_key, "no payment of this id waits for a block");
}

Result<TransactionIndex, RpcError> find_in_block(net::RunningNode& node, BlockIndex block,
                                                 const TransactionId& id) {
    node.load(block);
    const Archive& archive = node.archive();
    const auto body = archive.body(block);
    const auto found = std::ranges::find_if(
        body, [&](TransactionIndex index) { return archive.transactions()[index].id == id; });
    if (found != body.end()) return *found;
    return fail(ErrorCode::invalid_address_or_key, "this block has no transaction of this id");
}

Result<Transaction, RpcError> transaction_from_hex(std::string_view digits) {
    const auto bytes = from_hex(digits);
    if (!bytes) {
        return fail(ErrorCode::deserialization_error,
                    fmt::format("got {} characters, expected hexadecimal digits, two a byte",
                                digits.size()));
    }
    auto transaction = transaction_from_bytes(*bytes);
    if (!transaction) {
        return fail(ErrorCode::deserialization_error,
                    "this is no transaction: " + to_text(transaction.error()));
    }
    return *std::move(transaction);
}

}  // namespace bezant::rpc
