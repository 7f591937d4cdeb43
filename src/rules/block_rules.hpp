// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/result.hpp"
#include "ledger/parameters.hpp"
#include "rules/coin_view.hpp"
#include "rules/header_rules.hpp"
#include "rules/reason.hpp"
#include "rules/signature_verifier.hpp"

namespace bezant {

struct SpentCoin {
    OutPoint outpoint;
    Coin coin;

    friend bool operator==(const SpentCoin&, const SpentCoin&) = default;
};

/// What a valid block does to the ledger. A coin created and spent in the same block is in both
/// lists. The money in coins grows by `issued` and shrinks by `destroyed`, of which at least one is
/// zero.
struct BlockEffect {
    std::vector<SpentCoin> spent;    ///< in the order of the inputs
    std::vector<SpentCoin> created;  ///< in the order of the outputs, the coinbase's first
    Amount fees;
    Amount issued;     ///< new money: what the coinbase claims beyond the fees
    Amount destroyed;  ///< fees that the coinbase leaves unclaimed: gone for good

    friend bool operator==(const BlockEffect&, const BlockEffect&) = default;
};

/// Rules of what a coinbase is: its height and its miner's signature, which covers the parent and
/// the merkle root of the payments.
[[nodiscard]] Result<void, Rejection> check_coinbase(const Transaction& coinbase,
                                                     const BlockHash& previous, Height height,
                                                     const MerkleRoot& payments,
                                                     const Parameters& parameters,
                                                     SignatureVerifier& signatures);

/// The last rule, once the effect has the fees: the coinbase claims no more than it may. Writes
/// into the effect what it issues, or leaves unclaimed.
[[nodiscard]] Result<void, Rejection> settle_coinbase(const Transaction& coinbase, Amount subsidy,
                                                      BlockEffect& effect);

/// Rules of a block's contents that need no coins: size, merkle root, coinbase, formats. Hashes
/// every transaction once and checks one signature.
[[nodiscard]] Result<void, Rejection> check_block_contents(const Block& block, Height height,
                                                           const Parameters& parameters,
                                                           SignatureVerifier& signatures);

/// The rules that need the coins after the parent: every payment in order, then the sums. Contents
/// must have been checked. A payment may spend what an earlier one of the same block created.
[[nodiscard]] Result<BlockEffect, Rejection> check_block_on_coins(const Block& block, Height height,
                                                                  const CoinView& coins,
                                                                  const Parameters& parameters,
                                                                  SignatureVerifier& signatures);

/// All of the above and of header_rules.hpp but the clock, in the order of the reasons.
[[nodiscard]] Result<BlockEffect, Rejection> check_block(const Block& block,
                                                         const ParentContext& parent,
                                                         const CoinView& coins,
                                                         const Parameters& parameters,
                                                         SignatureVerifier& signatures);

}  // namespace bezant
