// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/uint256.hpp"
#include "crypto/hash.hpp"
#include "ledger/block.hpp"

namespace bezant::mining {

/// The 32 bytes of a coinbase that its signature leaves out (docs/formats.md, "Coinbase").
using Extranonce = std::array<Byte, 32>;

/// By what a block is given out. It is the first byte of the extranonce, so that no two programs
/// search the same headers; what a node mines itself has only zeros.
enum class GivenBy : Byte { stratum = 0, getwork = 1, block_template = 2 };

/// The extranonce of the nth block that is given out whole.
[[nodiscard]] Extranonce numbered_extranonce(GivenBy by, std::uint64_t n);

/// What a mining program chooses of a block that it was given.
struct Solution {
    Extranonce extranonce{};
    std::uint32_t time = 0;
    std::uint32_t nonce = 0;
};

/// A block given out to be mined: all of it stays but extranonce, time and nonce.
class BlockWork {
public:
    /// The block lacks only its nonce; its coinbase is signed. `time_min` is the lowest time that
    /// the rules allow it.
    BlockWork(Block block, std::uint32_t time_min);

    [[nodiscard]] const Block& block() const { return block_; }
    [[nodiscard]] std::uint32_t time_min() const { return time_min_; }
    [[nodiscard]] const Uint256& target() const { return target_; }

    /// The coinbase's encoding before and behind the extranonce.
    [[nodiscard]] ByteView before_extranonce() const;
    [[nodiscard]] ByteView behind_extranonce() const;
    /// With which the hash of the coinbase makes the merkle root (ledger/merkle_branch.hpp).
    [[nodiscard]] const std::vector<Hash256>& branch() const { return branch_; }

    [[nodiscard]] Transaction coinbase_with(const Extranonce& extranonce) const;
    /// A few hashes.
    [[nodiscard]] BlockHeader header_with(const Solution& solution) const;
    [[nodiscard]] Block block_with(const Solution& solution) const;

private:
    Block block_;
    std::uint32_t time_min_;
    Uint256 target_;
    Bytes coinbase_;
    std::vector<Hash256> branch_;
};

}  // namespace bezant::mining
