// SPDX-License-Identifier: Apache-2.0
#include "storage/ledger_index.hpp"

#include <utility>

namespace bezant::storage {

LedgerIndex::LedgerIndex(StoredLedger& ledger, const Archive& archive)
    : ledger_(ledger), archive_(archive), tip_(reader().tip().value_or(BlockHash{})) {}

Result<bool, StorageError> LedgerIndex::scan(std::size_t transactions_max) {
    if (is_complete()) return true;
    IndexDraft draft = new_draft();
    Database::Batch batch{ledger_.database()};
    const BlockHash& end = archive_.blocks()[archive_.stored_tip()].hash;
    for (std::size_t read = 0; read < transactions_max && draft.tip() != end;)
        read += go_on(draft, batch);
    if (const auto written = ledger_.database().write(std::move(batch)); !written)
        return unexpected{written.error()};
    tip_ = draft.tip();
    return is_complete();
}

/// One block back or forward; the number of its transactions.
std::size_t LedgerIndex::go_on(IndexDraft& draft, Database::Batch& batch) {
    const BlockTree& blocks = archive_.blocks();
    const auto tip = block_of(draft.tip());
    if (tip && !blocks.is_ancestor(*tip, archive_.stored_tip())) {
        const StoredBlock left = read_abandoned_block(ledger_, archive_, *tip);
        draft.disconnect(left.step(), batch);
        return left.block.transactions.size();
    }
    const Height height = tip ? next(blocks[*tip].height) : Height{};
    const StoredBlock block = read_stored_block(ledger_, archive_, height);
    draft.connect(block.step(), batch);
    return block.block.transactions.size();
}

std::optional<BlockIndex> LedgerIndex::block_of(const BlockHash& tip) const {
    if (tip.is_zero()) return std::nullopt;
    const auto block = archive_.blocks().find(tip);
    if (!block) ledger_.database().fail("the index ends with a block that was never stored");
    return block;
}

bool LedgerIndex::is_complete() const {
    return tip_ == archive_.blocks()[archive_.stored_tip()].hash;
}

std::optional<Height> LedgerIndex::height() const {
    const auto tip = block_of(tip_);
    if (!tip) return std::nullopt;
    return archive_.blocks()[*tip].height;
}

void LedgerIndex::connect(const ChainStep& step, Database::Batch& batch) {
    if (!draft_) draft_.emplace(new_draft());
    draft_->connect(step, batch);
}

void LedgerIndex::disconnect(const ChainStep& step, Database::Batch& batch) {
    if (!draft_) draft_.emplace(new_draft());
    draft_->disconnect(step, batch);
}

void LedgerIndex::settle(bool written) {
    const auto draft = std::exchange(draft_, std::nullopt);
    if (written && draft) tip_ = draft->tip();
}

}  // namespace bezant::storage
