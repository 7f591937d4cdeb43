// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "net/wallet/wallet_meaning.hpp"
#include "storage/ledger_companion.hpp"

namespace bezant::net {

/// What a batch of blocks changes in a wallet's books: put into the batch block by block, and into
/// the books only once that is written. Nothing of it is read from the books but the payments that
/// wait, for a block says itself what the coins were that it spends.
class WalletDraft {
public:
    /// Refers to both, which must outlive it and not change.
    WalletDraft(const WalletBooks& books, const wallet::Keyring& keyring, const WalletId& wallet);

    /// The next block. One that does not follow on the last one that was read changes nothing: the
    /// wallet is behind, and will come to it.
    void connect(const storage::ChainStep& step, storage::Database::Batch& batch);
    /// The last block goes. One that was never read changes nothing.
    void disconnect(const storage::ChainStep& step, storage::Database::Batch& batch);

    /// Something else than a block stands in the way of a payment.
    void add_rival(const TransactionId& payment, const TransactionId& rival,
                   storage::Database::Batch& batch);

    /// The batch was written.
    void apply_to(WalletBooks& books) &&;
    /// Owners among our keys to whom coins came.
    [[nodiscard]] const std::vector<PublicKeyHash>& used() const { return used_; }

private:
    class BlockReader;
    template <class Key, class Value>
    using Changes = std::vector<std::pair<Key, std::optional<Value>>>;

    void create(const Transaction& transaction, const TransactionId& id, Height height);
    void confirm(BlockReader& block, std::uint32_t position);
    void undo(BlockReader& block, std::uint32_t position);
    void note_rivals(BlockReader& block);
    void block_is_gone(BlockReader& block);
    void set_rival(PendingPayment& pending, const TransactionId& rival, bool stands);
    void note_used(const PublicKeyHash& owner);
    void write(storage::Database::Batch& batch, std::size_t coins_before,
               std::size_t history_before);
    void write_pending(storage::Database::Batch& batch);

    const wallet::Keyring& keyring_;
    WalletId wallet_;
    WalletPosition position_;
    Changes<OutPoint, Coin> coins_;
    Changes<LedgerPlace, WalletPayment> history_;
    PendingPayments pending_;
    std::set<TransactionId> changed_;  ///< of those, since they were last written
    std::set<TransactionId> stored_;   ///< of those, what the batch leaves in the store
    std::vector<PublicKeyHash> used_;
};

/// Those that the store keeps: the wallet's own, and what was lost. Others come back from the
/// network if they are still good.
[[nodiscard]] std::set<TransactionId> kept_among(const PendingPayments& pending);

}  // namespace bezant::net
