// SPDX-License-Identifier: Apache-2.0
#include "sim/simulated_disk.hpp"

#include <algorithm>

namespace bezant::sim {

Result<void, StorageError> SimulatedDisk::append(BlockIndex block) {
    blocks_.push_back(block);
    return {};
}

// The blocks in their order say which tip a participant prefers.
Result<void, StorageError> SimulatedDisk::sync(BlockIndex /*tip*/) {
    synced_ = blocks_.size();
    return {};
}

Result<std::vector<BlockIndex>, StorageError> SimulatedDisk::load() {
    return std::vector<BlockIndex>(blocks_.begin(),
                                   blocks_.begin() + static_cast<std::ptrdiff_t>(synced_));
}

void SimulatedDisk::sync_first(std::size_t count) {
    synced_ = std::max(synced_, std::min(count, blocks_.size()));
}

void SimulatedDisk::crash() { blocks_.resize(synced_); }

}  // namespace bezant::sim
