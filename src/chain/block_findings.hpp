// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/amount.hpp"
#include "ledger/block.hpp"

namespace bezant {

/// What follows from the bytes of a block's transactions, worked out once, by their places: so that
/// it need not be done again wherever the block comes by.
struct BlockFindings {
    std::vector<FullTransactionId> full_ids;
    std::vector<TransactionId> ids;
    /// Of those payments that were found sound (rules/sound_payment.hpp); of the others nothing is
    /// known.
    std::vector<std::optional<Amount>> fees;
};

/// The ids, and no fees. Hashes each transaction twice.
[[nodiscard]] BlockFindings identify(const Block& block);

}  // namespace bezant
