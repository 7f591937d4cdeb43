// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "chain/archive.hpp"
#include "storage/ledger_companion.hpp"
#include "storage/stored_ledger.hpp"

namespace bezant::storage {

/// A block of a store with the coins that it spent, read again for somebody who follows the store's
/// chain and is behind.
struct StoredBlock {
    BlockHash hash;
    Height height;
    Block block;
    std::vector<SpentCoin> spent;

    /// Refers to the block.
    [[nodiscard]] ChainStep step() const {
        return {.hash = hash, .height = height, .block = block, .spent = spent};
    }
};

/// The block of the stored chain at this height. The archive is backed by the ledger.
[[nodiscard]] StoredBlock read_stored_block(StoredLedger& ledger, const Archive& archive,
                                            Height height);

/// A block that the stored chain has left, and that the ledger's index has still. Its undo data are
/// gone, but the index knows where the coins came from; the blocks that created them are read, each
/// once.
[[nodiscard]] StoredBlock read_abandoned_block(StoredLedger& ledger, const Archive& archive,
                                               BlockIndex block);

}  // namespace bezant::storage
