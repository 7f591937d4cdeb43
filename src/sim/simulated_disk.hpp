// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "chain/storage.hpp"

namespace bezant::sim {

/// A participant's disk. It outlives crashes; what was not synced does not.
class SimulatedDisk final : public Storage {
public:
    [[nodiscard]] Result<void, StorageError> append(BlockIndex block) override;
    [[nodiscard]] Result<void, StorageError> sync(BlockIndex tip) override;
    [[nodiscard]] Result<std::vector<BlockIndex>, StorageError> load() override;

    /// The first `count` of all that was ever appended and not lost are safe from now on.
    void sync_first(std::size_t count);
    /// The power fails: what is not safe is lost.
    void crash();

    /// The file of docs/formats.md, "Address book", in the place of the last one; safe at once.
    void keep_peers(Bytes file) { peers_ = std::move(file); }
    [[nodiscard]] const Bytes& peers() const { return peers_; }

    [[nodiscard]] std::size_t appended() const { return blocks_.size(); }
    [[nodiscard]] std::size_t synced() const { return synced_; }

private:
    std::vector<BlockIndex> blocks_;
    std::size_t synced_ = 0;
    Bytes peers_;
};

}  // namespace bezant::sim
