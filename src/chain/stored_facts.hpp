// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "ledger/block.hpp"
#include "rules/block_rules.hpp"
#include "rules/coin_view.hpp"

namespace bezant {

/// Facts that an archive has let go of, or never held in this life, as its storage keeps them: the
/// blocks that were stored, and the coins as they are after one of them, the stored tip. Read only;
/// what is written shows at once.
///
/// A storage that cannot be read leaves nobody a way to go on: it ends the program with a word to
/// the operator, and does not come back to the caller.
class StoredFacts {
public:
    StoredFacts() = default;
    StoredFacts(const StoredFacts&) = delete;
    StoredFacts& operator=(const StoredFacts&) = delete;
    virtual ~StoredFacts() = default;

    /// The coin, if it is unspent after the stored tip.
    [[nodiscard]] virtual std::optional<Coin> coin(const OutPoint& outpoint) const = 0;
    /// A block that was stored.
    [[nodiscard]] virtual std::optional<Block> block(const BlockHash& hash) const = 0;
    /// The coins that a block on the way to the stored tip spent, in the order of the inputs.
    [[nodiscard]] virtual std::optional<std::vector<SpentCoin>> spent_by(
        const BlockHash& hash) const = 0;
};

}  // namespace bezant
