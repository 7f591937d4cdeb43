// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/time.hpp"
#include "crypto/ed25519.hpp"
#include "mempool/mempool.hpp"

namespace bezant {

/// How many transactions a block has.
enum class TreeShape : std::uint8_t {
    any,
    /// A power of two: then no node of its merkle tree lacks a partner, and programs that pair a
    /// last node with itself, as Bitcoin does, compute the same root.
    full,
};

/// A block on `tip` that lacks only its nonce: the pool's best payments, a coinbase that pays this
/// owner subsidy and fees and is signed by the miner, the scheduled target, and a time of `now`, or
/// just above the median of the last 11 if `now` is not.
[[nodiscard]] Block make_block_template(const Archive& archive, const Mempool& pool, BlockIndex tip,
                                        const Signer& miner, const PublicKeyHash& paid, Time now,
                                        TreeShape shape = TreeShape::any);

}  // namespace bezant
