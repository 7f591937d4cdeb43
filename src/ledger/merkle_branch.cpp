// SPDX-License-Identifier: Apache-2.0
#include "ledger/merkle_branch.hpp"

#include <algorithm>
#include <array>

namespace bezant {

namespace {

Hash256 parent_of(const Hash256& left, const Hash256& right) {
    std::array<Byte, 64> both{};
    std::ranges::copy(left.bytes, both.begin());
    std::ranges::copy(right.bytes, both.begin() + left.size());
    return double_sha256(both);
}

/// The next level of a row of nodes of which the first is not known. A last node without a partner
/// goes up as it is.
void rise(std::vector<Hash256>& nodes) {
    const std::size_t pairs = nodes.size() / 2;
    for (std::size_t i = 1; i < pairs; ++i) nodes[i] = parent_of(nodes[2 * i], nodes[2 * i + 1]);
    if (nodes.size() % 2 != 0) nodes[pairs] = nodes.back();
    nodes.resize((nodes.size() + 1) / 2);
}

}  // namespace

std::vector<Hash256> first_leaf_branch(std::span<const FullTransactionId> others) {
    std::vector<Hash256> nodes(1);
    for (const FullTransactionId& id : others) nodes.push_back({id.bytes});
    std::vector<Hash256> branch;
    while (nodes.size() > 1) {
        branch.push_back(nodes[1]);
        rise(nodes);
    }
    return branch;
}

MerkleRoot fold_branch(const FullTransactionId& first, std::span<const Hash256> branch) {
    Hash256 node{first.bytes};
    for (const Hash256& partner : branch) node = parent_of(node, partner);
    return {node.bytes};
}

}  // namespace bezant
