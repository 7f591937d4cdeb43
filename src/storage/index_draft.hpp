// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>

#include "storage/index_reader.hpp"
#include "storage/indexed_block.hpp"

namespace bezant::storage {

/// What a batch of blocks changes in a store's index: put into the batch block by block. What the
/// batch itself says is not in the store yet, and is kept here.
class IndexDraft {
public:
    /// On an index that has come to this block, zero for none. The database must outlive the draft,
    /// and not change.
    IndexDraft(const Database& database, const BlockHash& tip) : reader_(database), tip_(tip) {}

    /// The next block. One that does not follow on the last one changes nothing: the index is
    /// behind, and will come to it.
    void connect(const ChainStep& step, Database::Batch& batch);
    /// The last block goes. Any other changes nothing.
    void disconnect(const ChainStep& step, Database::Batch& batch);

    /// The last block that the index will have.
    [[nodiscard]] const BlockHash& tip() const { return tip_; }

private:
    [[nodiscard]] AddressEntry& last(const PublicKeyHash& owner);
    void put_touches(const IndexedBlock& block, Height height, Database::Batch& batch);
    void move_to(const BlockHash& tip, Database::Batch& batch);

    IndexReader reader_;
    BlockHash tip_;
    std::optional<Height> first_;  ///< of the blocks that were connected
    /// Addresses that they touched, with their last entries; a stranger chooses addresses, so this
    /// is no hash table.
    std::map<PublicKeyHash, AddressEntry> last_;
};

}  // namespace bezant::storage
