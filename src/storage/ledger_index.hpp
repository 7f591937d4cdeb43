// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "storage/index_draft.hpp"
#include "storage/stored_block.hpp"

namespace bezant::storage {

/// Transactions that one call of LedgerIndex::scan() reads, but for those of its last block.
inline constexpr std::size_t scan_transactions_usual = 2'000;

/// A store's index of transactions and addresses: kept in the same writes as the blocks, through
/// reorganisations. docs/architecture.md, "An index is kept like a wallet".
///
/// Where it is behind, because it is new or was not kept for a while, it first catches up (`scan`),
/// and may be asked of what it has come to; then LedgerStorage tells it of each step.
class LedgerIndex final : public LedgerCompanion {
public:
    /// The ledger must be the one that backs the archive, loaded; both must outlive the index.
    LedgerIndex(StoredLedger& ledger, const Archive& archive);

    /// Goes on from where it is towards the store's tip, by about so many transactions and in one
    /// write: back, if the chain has left its tip, then forward. True when it has got there.
    [[nodiscard]] Result<bool, StorageError> scan(
        std::size_t transactions_max = scan_transactions_usual);

    /// Whether it says how things are after the store's tip.
    [[nodiscard]] bool is_complete() const;
    /// Of the last block that it has; nothing if there is none.
    [[nodiscard]] std::optional<Height> height() const;

    [[nodiscard]] IndexReader reader() const { return IndexReader{ledger_.database()}; }

    void disconnect(const ChainStep& step, Database::Batch& batch) override;
    void connect(const ChainStep& step, Database::Batch& batch) override;
    void settle(bool written) override;

private:
    [[nodiscard]] IndexDraft new_draft() const { return {ledger_.database(), tip_}; }
    [[nodiscard]] std::optional<BlockIndex> block_of(const BlockHash& tip) const;
    std::size_t go_on(IndexDraft& draft, Database::Batch& batch);

    StoredLedger& ledger_;
    const Archive& archive_;
    BlockHash tip_;  ///< zero: none
    std::optional<IndexDraft> draft_;
};

}  // namespace bezant::storage
