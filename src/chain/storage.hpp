// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "chain/archive.hpp"

namespace bezant {

enum class StorageError : std::uint8_t { write_failed, read_failed, corrupt };

/// What a participant keeps over a restart: the bodies of blocks that it found valid, in the order
/// in which it took them in, so that parents come before children. Whoever drives the participant
/// implements it: a simulated disk that can lose what was not synced, or a database.
class Storage {
public:
    Storage() = default;
    Storage(const Storage&) = delete;
    Storage& operator=(const Storage&) = delete;
    virtual ~Storage() = default;

    /// Writes a block; it may be lost until the next sync.
    [[nodiscard]] virtual Result<void, StorageError> append(BlockIndex block) = 0;
    /// When this returns well, all that was appended survives a crash, and so does the tip that the
    /// participant prefers now. Otherwise nothing of it has changed.
    [[nodiscard]] virtual Result<void, StorageError> sync(BlockIndex tip) = 0;
    /// The blocks that survived, in the order in which they were appended.
    [[nodiscard]] virtual Result<std::vector<BlockIndex>, StorageError> load() = 0;
};

}  // namespace bezant
