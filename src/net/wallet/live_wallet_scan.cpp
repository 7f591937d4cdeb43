// SPDX-License-Identifier: Apache-2.0
// How a wallet follows the chain: by the steps of the store, and, where it is behind, by reading
// blocks.
#include <algorithm>

#include "net/wallet/live_wallet.hpp"
#include "storage/records.hpp"
#include "storage/stored_block.hpp"

namespace bezant::net {

using storage::ChainStep;
using storage::Database;
using storage::Family;

void LiveWallet::connect(const ChainStep& step, Database::Batch& batch) {
    if (!draft_) draft_.emplace(books_, keyring_, id_);
    draft_->connect(step, batch);
}

void LiveWallet::disconnect(const ChainStep& step, Database::Batch& batch) {
    if (!draft_) draft_.emplace(books_, keyring_, id_);
    draft_->disconnect(step, batch);
}

void LiveWallet::settle(bool written) {
    auto draft = std::exchange(draft_, std::nullopt);
    if (!written) return;
    if (draft) apply(std::move(*draft));
    settle_losses();
}

void LiveWallet::apply(WalletDraft&& draft) {
    const std::set<TransactionId> dead = dead_among(books_.pending);
    const std::vector<PublicKeyHash> used = draft.used();
    std::move(draft).apply_to(books_);
    settle_keys(used);
    tell_lost(dead);
}

/// Keys beyond those that were watched from the start may have coins in blocks that were read. As
/// long as the gap limit lay within what was watched, nobody was given their addresses that early.
bool LiveWallet::has_unwatched_keys() const {
    for (std::size_t i = 0; i < keyring_.keys().size(); ++i) {
        const wallet::BranchKeys& branch = keyring_.keys()[i];
        const std::uint32_t watched = books_.position.keys[i].watched;
        if (std::uint64_t{branch.used} + keyring_.gap_limit() > watched &&
            branch.keys.size() > watched)
            return true;
    }
    return false;
}

void LiveWallet::settle_keys(const std::vector<PublicKeyHash>& used) {
    for (const PublicKeyHash& owner : used) keyring_.mark_used(owner);
    if (has_unwatched_keys()) {
        starts_over_ = true;
        return;
    }
    for (std::size_t i = 0; i < keyring_.keys().size(); ++i) {
        const wallet::BranchKeys& branch = keyring_.keys()[i];
        books_.position.keys[i].watched = static_cast<std::uint32_t>(branch.keys.size());
    }
}

bool LiveWallet::must_start_over() const {
    const WalletPosition& position = books_.position;
    if (starts_over_ || has_unwatched_keys()) return true;
    if (position.birthday > options_.birthday) return true;
    if (position.tip == BlockHash{}) return position.birthday != options_.birthday;
    const auto tip = archive_.blocks().find(position.tip);
    return !tip || !archive_.blocks().is_ancestor(*tip, archive_.stored_tip());
}

BlockHash LiveWallet::start_tip() const {
    const BlockTree& blocks = archive_.blocks();
    const std::uint32_t last = blocks[archive_.stored_tip()].height.value;
    const std::uint32_t first = options_.birthday.value;
    if (first == 0) return {};
    return blocks[blocks.ancestor(archive_.stored_tip(), Height{std::min(first - 1, last)})].hash;
}

/// As if nothing had been read. Payments that wait are kept; what stands in their way is found
/// again.
Result<void, StorageError> LiveWallet::start_over() {
    WalletBooks fresh;
    fresh.position = {.tip = start_tip(), .birthday = options_.birthday, .keys = {}};
    for (std::size_t i = 0; i < keyring_.keys().size(); ++i) {
        const wallet::BranchKeys& branch = keyring_.keys()[i];
        fresh.position.keys[i] = {.used = branch.used,
                                  .issued = branch.issued,
                                  .watched = static_cast<std::uint32_t>(branch.keys.size())};
    }
    fresh.pending = books_.pending;
    Database::Batch batch{ledger_.database()};
    for (const auto& [outpoint, coin] : books_.coins)
        batch.remove(Family::wallet, coin_key(id_, outpoint));
    for (const auto& [place, payment] : books_.history)
        batch.remove(Family::wallet, history_key(id_, place));
    for (auto& [id, pending] : fresh.pending) {
        pending.rivals.clear();
        if (pending.is_ours()) {
            batch.put(Family::wallet, pending_key(id_, id), storage::bytes_of(pending));
        } else {
            batch.remove(Family::wallet, pending_key(id_, id));
        }
    }
    batch.put(Family::wallet, position_key(id_), storage::bytes_of(fresh.position));
    if (auto written = ledger_.database().write(std::move(batch)); !written) return written;
    books_ = std::move(fresh);
    starts_over_ = false;
    return {};
}

Height LiveWallet::next_height() const {
    const auto tip = archive_.blocks().find(books_.position.tip);
    return tip ? next(archive_.blocks()[*tip].height) : Height{};
}

bool LiveWallet::is_complete() const {
    return !starts_over_ && books_.position.tip == archive_.blocks()[archive_.stored_tip()].hash;
}

Result<bool, StorageError> LiveWallet::scan(std::uint32_t blocks_max) {
    if (starts_over_) {
        if (const auto begun = start_over(); !begun) return unexpected{begun.error()};
    }
    if (is_complete()) return true;
    WalletDraft draft{books_, keyring_, id_};
    Database::Batch batch{ledger_.database()};
    const Height end = next(archive_.blocks()[archive_.stored_tip()].height);
    Height height = next_height();
    for (; blocks_max > 0 && height < end; height = next(height), --blocks_max)
        read_block(draft, height, batch);
    if (const auto written = ledger_.database().write(std::move(batch)); !written)
        return unexpected{written.error()};
    apply(std::move(draft));
    return is_complete();
}

void LiveWallet::read_block(WalletDraft& draft, Height height, Database::Batch& batch) const {
    const storage::StoredBlock block = storage::read_stored_block(ledger_, archive_, height);
    draft.connect(block.step(), batch);
}

}  // namespace bezant::net
