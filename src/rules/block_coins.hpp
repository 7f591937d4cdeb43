// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <span>

#include "rules/block_rules.hpp"

namespace bezant {

/// The coins in the middle of a block: those after its parent, with what the block's transactions
/// so far have created and spent, of which it keeps the record.
class BlockCoins final : public CoinView {
public:
    /// Makes room for all that the block will create and spend.
    BlockCoins(const CoinView& parent, const Block& block, Height height);

    [[nodiscard]] CoinLookup find(const OutPoint& outpoint) const override;

    /// Takes in the coinbase, which creates coins.
    void connect_coinbase(const Transaction& coinbase) { create(coinbase, true); }
    /// Takes in a valid payment, which spends these coins, one an input, and creates others.
    void connect_payment(const Transaction& payment, std::span<const Coin> coins);

    [[nodiscard]] std::vector<SpentCoin> take_spent() && { return std::move(spent_); }
    [[nodiscard]] std::vector<SpentCoin> take_created() && { return std::move(created_); }

private:
    /// Where the record of a coin is: in created_ if it is unspent, in spent_ if it is spent.
    struct Place {
        bool spent = false;
        std::uint32_t index = 0;
    };

    void create(const Transaction& transaction, bool coinbase);

    const CoinView& parent_;
    Height height_;
    std::vector<SpentCoin> spent_;
    std::vector<SpentCoin> created_;
    boost::unordered_flat_map<OutPoint, Place, OutPointHasher> touched_;
};

}  // namespace bezant
