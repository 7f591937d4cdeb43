// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "ledger/block.hpp"
#include "rules/block_rules.hpp"
#include "storage/database.hpp"

namespace bezant::storage {

/// A block on its way into the store's chain, or out of it.
struct ChainStep {
    BlockHash hash;
    Height height;
    const Block& block;
    std::span<const SpentCoin> spent;  ///< by it, in the order of its inputs
};

/// Somebody who follows the store's chain, and keeps what follows from it in the store. It is
/// written together with the blocks, or not at all.
class LedgerCompanion {
public:
    LedgerCompanion() = default;
    LedgerCompanion(const LedgerCompanion&) = delete;
    LedgerCompanion& operator=(const LedgerCompanion&) = delete;
    virtual ~LedgerCompanion() = default;

    /// The last block of the chain leaves it, or the next one comes: what changes goes into the
    /// batch. Several may follow on each other, all that leave before any that comes.
    virtual void disconnect(const ChainStep& step, Database::Batch& batch) = 0;
    virtual void connect(const ChainStep& step, Database::Batch& batch) = 0;
    /// The batch was written, and what went before is true now; or it was not, and nothing of it
    /// is. Then the same steps come again with the next batch.
    virtual void settle(bool written) = 0;
};

}  // namespace bezant::storage
