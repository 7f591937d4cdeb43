// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "chain/archive.hpp"
#include "chain/storage.hpp"
#include "storage/ledger_companion.hpp"
#include "storage/stored_ledger.hpp"

namespace bezant::storage {

/// A deployed node's storage: writes what its archive has found out into the store that backs the
/// archive. Blocks appended since the last sync, their records, all coin changes on the way to the
/// new tip and what undoes them are one atomic write. Coins that are created and spent on that way
/// never come to the disk.
class LedgerStorage final : public Storage {
public:
    /// The archive must be backed by this ledger; both must outlive the storage.
    LedgerStorage(StoredLedger& ledger, Archive& archive) : ledger_(ledger), archive_(archive) {}

    /// At the start of a life, before anything is added to the archive: all that is stored becomes
    /// known there. The blocks in the order in which they were appended. Linear in their number.
    [[nodiscard]] Result<std::vector<BlockIndex>, StorageError> load() override;

    /// A block found valid, not appended before; its body must be in memory.
    [[nodiscard]] Result<void, StorageError> append(BlockIndex block) override;

    /// The store moves to this tip, which was found valid and whose ancestors were all appended.
    /// The bodies on the way there, and back from the old tip, must be in memory. Costs nothing if
    /// nothing has changed.
    [[nodiscard]] Result<void, StorageError> sync(BlockIndex tip) override;

    /// From now on this one follows, too, after those who do already; until it leaves, it must be
    /// there.
    void accompany(LedgerCompanion& companion) { companions_.push_back(&companion); }
    void leave(LedgerCompanion& companion) { std::erase(companions_, &companion); }

private:
    void settle_companions(bool written);
    void put_appended(Database::Batch& batch) const;
    void move(Database::Batch& batch, BlockIndex tip);
    void step_back(Database::Batch& batch, CoinChanges& coins, BlockIndex block);
    void step_forward(Database::Batch& batch, CoinChanges& coins, BlockIndex block, Height fork,
                      BlockIndex tip);
    [[nodiscard]] BlockEffect lasting(BlockEffect effect, BlockIndex block, BlockIndex tip) const;

    StoredLedger& ledger_;
    Archive& archive_;
    std::vector<LedgerCompanion*> companions_;
    std::vector<BlockIndex> appended_;
    std::uint64_t next_sequence_ = 1;
};

}  // namespace bezant::storage
