// SPDX-License-Identifier: Apache-2.0
#include "net/wallet/wallet_draft.hpp"

#include <algorithm>

#include "storage/records.hpp"

namespace bezant::net {

using storage::ChainStep;
using storage::Database;
using storage::Family;

/// A block's transactions with the coins that each spends; ids are worked out when they are asked
/// for, since most blocks have nothing for a wallet.
class WalletDraft::BlockReader {
public:
    explicit BlockReader(const ChainStep& step)
        : step_(step), ids_(step.block.transactions.size()) {
        std::size_t begin = 0;
        for (const Transaction& transaction : step.block.transactions) {
            begins_.push_back(begin);
            if (!transaction.is_coinbase()) begin += transaction.inputs.size();
        }
        begins_.push_back(begin);
    }

    [[nodiscard]] const ChainStep& step() const { return step_; }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(ids_.size()); }
    [[nodiscard]] const Transaction& transaction(std::uint32_t position) const {
        return step_.block.transactions[position];
    }
    [[nodiscard]] std::span<const SpentCoin> spent(std::uint32_t position) const {
        return step_.spent.subspan(begins_[position], begins_[position + 1] - begins_[position]);
    }
    [[nodiscard]] const TransactionId& id(std::uint32_t position) {
        auto& id = ids_[position];
        if (!id) id = transaction_id(transaction(position));
        return *id;
    }
    [[nodiscard]] bool touches(std::uint32_t position, const wallet::Keyring& keyring) const {
        const auto ours = [&](const Output& output) { return is_ours(output, keyring); };
        return std::ranges::any_of(transaction(position).outputs, ours) ||
               std::ranges::any_of(spent(position), ours,
                                   [](const SpentCoin& each) { return each.coin.output; });
    }
    [[nodiscard]] WalletPayment meaning(std::uint32_t position, const wallet::Keyring& keyring) {
        std::vector<Output> outputs;
        for (const SpentCoin& each : spent(position)) outputs.push_back(each.coin.output);
        WalletPayment payment = meaning_of(transaction(position), id(position), outputs, keyring);
        payment.time = step_.block.header.time;
        return payment;
    }

private:
    const ChainStep& step_;
    std::vector<std::optional<TransactionId>> ids_;
    std::vector<std::size_t> begins_;
};

WalletDraft::WalletDraft(const WalletBooks& books, const wallet::Keyring& keyring,
                         const WalletId& wallet)
    : keyring_(keyring),
      wallet_(wallet),
      position_(books.position),
      pending_(books.pending),
      stored_(kept_among(books.pending)) {}

void WalletDraft::connect(const ChainStep& step, Database::Batch& batch) {
    if (step.block.header.previous != position_.tip) return;
    const std::size_t coins_before = coins_.size();
    const std::size_t history_before = history_.size();
    BlockReader block{step};
    for (std::uint32_t i = 0; i < block.size(); ++i)
        if (block.touches(i, keyring_)) confirm(block, i);
    if (!pending_.empty()) note_rivals(block);
    position_.tip = step.hash;
    write(batch, coins_before, history_before);
}

void WalletDraft::disconnect(const ChainStep& step, Database::Batch& batch) {
    if (step.hash != position_.tip) return;
    const std::size_t coins_before = coins_.size();
    const std::size_t history_before = history_.size();
    BlockReader block{step};
    for (std::uint32_t i = block.size(); i-- > 0;)
        if (block.touches(i, keyring_)) undo(block, i);
    if (!pending_.empty()) block_is_gone(block);
    position_.tip = step.block.header.previous;
    write(batch, coins_before, history_before);
}

void WalletDraft::add_rival(const TransactionId& payment, const TransactionId& rival,
                            Database::Batch& batch) {
    const auto found = pending_.find(payment);
    if (found == pending_.end()) return;
    set_rival(found->second, rival, true);
    write_pending(batch);
}

/// A transaction's coins come before those that later ones of the same block spend.
void WalletDraft::confirm(BlockReader& block, std::uint32_t position) {
    for (const SpentCoin& each : block.spent(position))
        if (is_ours(each.coin.output, keyring_)) coins_.emplace_back(each.outpoint, std::nullopt);
    create(block.transaction(position), block.id(position), block.step().height);
    history_.emplace_back(LedgerPlace{block.step().height, position},
                          block.meaning(position, keyring_));
}

void WalletDraft::create(const Transaction& transaction, const TransactionId& id, Height height) {
    const bool coinbase = transaction.is_coinbase() && height > Height{};
    for (std::uint32_t i = 0; i < transaction.outputs.size(); ++i) {
        const Output& output = transaction.outputs[i];
        if (!is_ours(output, keyring_)) continue;
        coins_.emplace_back(OutPoint{id, i}, Coin{output, height, coinbase});
        note_used(output.owner);
    }
}

void WalletDraft::undo(BlockReader& block, std::uint32_t position) {
    const Transaction& transaction = block.transaction(position);
    const TransactionId& id = block.id(position);
    for (std::uint32_t i = 0; i < transaction.outputs.size(); ++i)
        if (is_ours(transaction.outputs[i], keyring_))
            coins_.emplace_back(OutPoint{id, i}, std::nullopt);
    for (const SpentCoin& each : block.spent(position))
        if (is_ours(each.coin.output, keyring_)) coins_.emplace_back(each.outpoint, each.coin);
    history_.emplace_back(LedgerPlace{block.step().height, position}, std::nullopt);
    if (transaction.is_coinbase()) return;
    pending_[id] = {.payment = block.meaning(position, keyring_),
                    .transaction = transaction,
                    .full_id = full_transaction_id(transaction),
                    .rivals = {}};
    changed_.insert(id);
}

/// What the block confirms waits no longer; what spends the same coins stands in the way of what
/// waits; and where this coinbase was lacking, it is back.
void WalletDraft::note_rivals(BlockReader& block) {
    std::map<OutPoint, std::uint32_t> spenders;
    for (std::uint32_t i = 0; i < block.size(); ++i)
        for (const SpentCoin& each : block.spent(i)) spenders[each.outpoint] = i;
    std::vector<TransactionId> confirmed;
    for (auto& [id, pending] : pending_) {
        if (!pending.rivals.empty()) set_rival(pending, block.id(0), false);
        for (const Input& input : pending.transaction.inputs) {
            const auto spender = spenders.find(input.previous);
            if (spender == spenders.end()) continue;
            if (block.id(spender->second) == id) {
                confirmed.push_back(id);
                break;
            }
            set_rival(pending, block.id(spender->second), true);
        }
    }
    for (const TransactionId& id : confirmed) {
        pending_.erase(id);
        changed_.insert(id);
    }
}

/// What stood in the way does so no longer, but for the coinbase: its coins are gone for good.
void WalletDraft::block_is_gone(BlockReader& block) {
    const auto spends_from = [](const PendingPayment& pending, const TransactionId& id) {
        return std::ranges::any_of(pending.transaction.inputs, [&](const Input& input) {
            return input.previous.transaction == id;
        });
    };
    for (auto& [id, pending] : pending_) {
        for (std::uint32_t i = 1; i < block.size() && !pending.rivals.empty(); ++i)
            set_rival(pending, block.id(i), false);
        if (spends_from(pending, block.id(0))) set_rival(pending, block.id(0), true);
    }
}

void WalletDraft::set_rival(PendingPayment& pending, const TransactionId& rival, bool stands) {
    const auto place = std::ranges::lower_bound(pending.rivals, rival);
    const bool stood = place != pending.rivals.end() && *place == rival;
    if (stood == stands) return;
    if (stands) {
        pending.rivals.insert(place, rival);
    } else {
        pending.rivals.erase(place);
    }
    changed_.insert(pending.payment.id);
}

void WalletDraft::note_used(const PublicKeyHash& owner) {
    const auto path = keyring_.path_of(owner);
    KeyCounts& branch = position_.keys[static_cast<std::size_t>(path->branch)];
    branch.used = std::max(branch.used, path->index + 1);
    used_.push_back(owner);
}

void WalletDraft::write(Database::Batch& batch, std::size_t coins_before,
                        std::size_t history_before) {
    const auto put = [&](const Bytes& key, const auto& record) {
        using storage::bytes_of;
        if (record) {
            batch.put(Family::wallet, key, bytes_of(*record));
        } else {
            batch.remove(Family::wallet, key);
        }
    };
    for (std::size_t i = coins_before; i < coins_.size(); ++i)
        put(coin_key(wallet_, coins_[i].first), coins_[i].second);
    for (std::size_t i = history_before; i < history_.size(); ++i)
        put(history_key(wallet_, history_[i].first), history_[i].second);
    if (!changed_.empty()) write_pending(batch);
    batch.put(Family::wallet, position_key(wallet_), storage::bytes_of(position_));
}

void WalletDraft::write_pending(Database::Batch& batch) {
    const std::set<TransactionId> kept = kept_among(pending_);
    for (const TransactionId& id : stored_)
        if (!kept.contains(id)) batch.remove(Family::wallet, pending_key(wallet_, id));
    for (const TransactionId& id : kept) {
        if (stored_.contains(id) && !changed_.contains(id)) continue;
        batch.put(Family::wallet, pending_key(wallet_, id), storage::bytes_of(pending_.at(id)));
    }
    stored_ = kept;
    changed_.clear();
}

void WalletDraft::apply_to(WalletBooks& books) && {
    const auto apply = [](auto& all, auto& changes) {
        for (auto& [key, value] : changes) {
            if (value) {
                all.insert_or_assign(key, std::move(*value));
            } else {
                all.erase(key);
            }
        }
    };
    books.position = position_;
    apply(books.coins, coins_);
    apply(books.history, history_);
    books.pending = std::move(pending_);
}

std::set<TransactionId> kept_among(const PendingPayments& pending) {
    std::set<TransactionId> kept = dead_among(pending);
    for (const auto& [id, payment] : pending)
        if (payment.is_ours()) kept.insert(id);
    return kept;
}

}  // namespace bezant::net
