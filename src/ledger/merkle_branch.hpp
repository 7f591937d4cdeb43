// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "crypto/hash.hpp"
#include "ledger/identifiers.hpp"

namespace bezant {

/// The partners that the first leaf of a merkle tree meets on its way to the root, lowest first;
/// `others` are the leaves behind it. With them a mining program that changes the coinbase makes
/// the root anew from few hashes. Linear in the number of leaves.
[[nodiscard]] std::vector<Hash256> first_leaf_branch(std::span<const FullTransactionId> others);

/// The root of a tree with this first leaf, whose branch is given: what merkle_root would say of
/// all leaves.
[[nodiscard]] MerkleRoot fold_branch(const FullTransactionId& first,
                                     std::span<const Hash256> branch);

}  // namespace bezant
