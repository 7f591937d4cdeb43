// SPDX-License-Identifier: Apache-2.0
#include "ledger/block.hpp"

#include <algorithm>

#include "crypto/hash.hpp"
#include "ledger/codec.hpp"

namespace bezant {

namespace {

using Node = std::array<Byte, 32>;

Node parent(const Node& left, const Node& right) {
    std::array<Byte, 64> both{};
    std::ranges::copy(left, both.begin());
    std::ranges::copy(right, both.begin() + left.size());
    return double_sha256(both).bytes;
}

MerkleRoot root_over(std::span<const Transaction> transactions) {
    std::vector<FullTransactionId> ids;
    ids.reserve(transactions.size());
    for (const Transaction& transaction : transactions) {
        ids.push_back(full_transaction_id(transaction));
    }
    return merkle_root(ids);
}

}  // namespace

BlockHash block_hash(const BlockHeader& header) { return {double_sha256(encoded(header)).bytes}; }

MerkleRoot merkle_root(std::span<const FullTransactionId> ids) {
    if (ids.empty()) return {};
    std::vector<Node> nodes;
    nodes.reserve(ids.size());
    for (const FullTransactionId& id : ids) nodes.push_back(id.bytes);
    while (nodes.size() > 1) {
        const std::size_t pairs = nodes.size() / 2;
        for (std::size_t i = 0; i < pairs; ++i) {
            nodes[i] = parent(nodes[2 * i], nodes[2 * i + 1]);
        }
        if (nodes.size() % 2 != 0) nodes[pairs] = nodes.back();
        nodes.resize((nodes.size() + 1) / 2);
    }
    return {nodes.front()};
}

MerkleRoot merkle_root(const Block& block) { return root_over(block.transactions); }

MerkleRoot payments_merkle_root(const Block& block) {
    if (block.transactions.empty()) return {};
    return root_over(std::span{block.transactions}.subspan(1));
}

}  // namespace bezant
