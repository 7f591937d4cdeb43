// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.hpp"

namespace bezant {

/// Names a transaction by all of it but its signatures, so that nobody can change the name of a
/// payment that another has signed.
struct TransactionIdTag;
using TransactionId = FixedBytes<TransactionIdTag, 32>;

/// Names a transaction by every byte of it, signatures too; the merkle tree is made of these.
struct FullTransactionIdTag;
using FullTransactionId = FixedBytes<FullTransactionIdTag, 32>;

/// Double SHA-256 of a block's 80-byte header; read as a little-endian number it must not be above
/// the block's target.
struct BlockHashTag;
using BlockHash = FixedBytes<BlockHashTag, 32>;

/// Root of the tree of hashes over a block's full transaction ids.
struct MerkleRootTag;
using MerkleRoot = FixedBytes<MerkleRootTag, 32>;

/// The owner of a coin: a hash of the public key that may spend it.
struct PublicKeyHashTag;
using PublicKeyHash = FixedBytes<PublicKeyHashTag, 32>;

}  // namespace bezant
