// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <span>

#include "rules/block_rules.hpp"

namespace bezant {

/// The coins in the middle of a block: those after its parent, with what the block's transactions
/// so far have created and spent, which it writes down in the block's effect.
class BlockCoins final : public CoinView {
public:
    /// Makes room for all that the block will create and spend. The view and the effect must
    /// outlive it.
    BlockCoins(const CoinView& parent, const Block& block, Height height, BlockEffect& effect);

    [[nodiscard]] CoinLookup find(const OutPoint& outpoint) const override;

    /// Takes in the coinbase, which creates coins.
    void connect_coinbase(const Transaction& coinbase) { create(coinbase, true); }
    /// Takes in a valid payment, which spends these coins, one an input, and creates others.
    void connect_payment(const Transaction& payment, std::span<const Coin> coins);

private:
    /// Where the effect has a coin: in `created` if it is unspent, in `spent` if it is spent.
    struct Place {
        bool spent = false;
        std::uint32_t index = 0;
    };

    void create(const Transaction& transaction, bool coinbase);

    const CoinView& parent_;
    Height height_;
    BlockEffect& effect_;
    boost::unordered_flat_map<OutPoint, Place, OutPointHasher> touched_;
};

}  // namespace bezant
