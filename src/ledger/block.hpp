// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ledger/identifiers.hpp"
#include "ledger/target.hpp"
#include "ledger/transaction.hpp"

namespace bezant {

inline constexpr std::size_t header_bytes = 80;

/// Bitcoin's block header: what is hashed for proof of work, so that its miners can mine this
/// ledger.
struct BlockHeader {
    std::uint32_t version = 1;
    BlockHash previous;
    MerkleRoot merkle_root;
    std::uint32_t time = 0;  ///< seconds since 1970
    CompactTarget target;
    std::uint32_t nonce = 0;

    friend bool operator==(const BlockHeader&, const BlockHeader&) = default;
};

/// A header and its transactions, of which the first is the coinbase.
struct Block {
    BlockHeader header;
    std::vector<Transaction> transactions;

    friend bool operator==(const Block&, const Block&) = default;
};

[[nodiscard]] BlockHash block_hash(const BlockHeader& header);

/// Root of the merkle tree over these ids: parents are the double SHA-256 of their two children; an
/// odd node is promoted as it is, never duplicated (a duplicate would let two lists share a root:
/// CVE-2012-2459). All zero for no ids. Linear in their number.
[[nodiscard]] MerkleRoot merkle_root(std::span<const FullTransactionId> ids);

/// The root over all transactions, and the one over the payments alone (what a coinbase signs).
[[nodiscard]] MerkleRoot merkle_root(const Block& block);
[[nodiscard]] MerkleRoot payments_merkle_root(const Block& block);

}  // namespace bezant
