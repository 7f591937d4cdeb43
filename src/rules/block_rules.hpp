// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "ledger/parameters.hpp"
#include "rules/coin_view.hpp"
#include "rules/reason.hpp"
#include "rules/signature_verifier.hpp"

namespace bezant {

/// What the rules need to know of the chain below a block.
struct ParentContext {
    Height height;           ///< of the parent
    std::uint32_t time = 0;  ///< of the parent
    std::uint32_t median_time_past =
        0;  ///< median of the times of the parent and up to ten before it
};

struct SpentCoin {
    OutPoint outpoint;
    Coin coin;

    friend bool operator==(const SpentCoin&, const SpentCoin&) = default;
};

/// What a valid block does to the ledger. A coin created and spent in the same block is in both
/// lists.
struct BlockEffect {
    std::vector<SpentCoin> spent;    ///< in the order of the inputs
    std::vector<SpentCoin> created;  ///< in the order of the outputs, the coinbase's first
    Amount fees;
    Amount issued;  ///< new money: what the coinbase claims beyond the fees

    friend bool operator==(const BlockEffect&, const BlockEffect&) = default;
};

/// The target that a child of this parent must have (fixed, or aserti3-2d anchored at genesis; BCH
/// specification 2020-11-15).
[[nodiscard]] CompactTarget next_target(const ParentContext& parent, const Parameters& parameters);

/// Median of the times of a block and up to ten ancestors, given in any order; at least one.
[[nodiscard]] std::uint32_t median_time(std::span<const std::uint32_t> times);

/// Rules of a header that need nothing else: version, a well-formed target, and the work it claims.
[[nodiscard]] Result<void, Rejection> check_header_work(const BlockHeader& header,
                                                        const Parameters& parameters);

/// Rules of a header on its parent: scheduled target, and time above the median of the last 11.
[[nodiscard]] Result<void, Rejection> check_header_on_parent(const BlockHeader& header,
                                                             const ParentContext& parent,
                                                             const Parameters& parameters);

/// The one rule that is a participant's knowledge: not too far ahead of its clock. A block refused
/// for this may be good later.
[[nodiscard]] Result<void, Rejection> check_header_clock(const BlockHeader& header, Time now,
                                                         const Parameters& parameters);

/// Rules of a block's contents that need no coins: size, merkle root, coinbase, formats.
[[nodiscard]] Result<void, Rejection> check_block_contents(const Block& block, Height height,
                                                           const Parameters& parameters);

/// The rules that need the coins after the parent: every payment in order, then the sums. Contents
/// must have been checked.
[[nodiscard]] Result<BlockEffect, Rejection> check_block_on_coins(const Block& block, Height height,
                                                                  const CoinView& coins,
                                                                  const Parameters& parameters,
                                                                  SignatureVerifier& signatures);

/// All of the above but the clock, in the order of the reasons.
[[nodiscard]] Result<BlockEffect, Rejection> check_block(const Block& block,
                                                         const ParentContext& parent,
                                                         const CoinView& coins,
                                                         const Parameters& parameters,
                                                         SignatureVerifier& signatures);

}  // namespace bezant
