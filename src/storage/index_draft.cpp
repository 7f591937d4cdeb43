// SPDX-License-Identifier: Apache-2.0
#include "storage/index_draft.hpp"

#include "base/check.hpp"
#include "storage/records.hpp"

namespace bezant::storage {

namespace {

Bytes key_of(const SpentCoin& coin) {
    return address_coin_key(coin.coin.output.owner, coin.coin.height, coin.outpoint);
}

void put_coin(Database::Batch& batch, const SpentCoin& coin) {
    batch.put(Family::address_index, key_of(coin),
              bytes_of(AddressCoin{coin.coin.output.amount, coin.coin.coinbase}));
}

void remove_coin(Database::Batch& batch, const SpentCoin& coin) {
    batch.remove(Family::address_index, key_of(coin));
}

}  // namespace

void IndexDraft::connect(const ChainStep& step, Database::Batch& batch) {
    if (step.block.header.previous != tip_) return;
    if (!first_) first_ = step.height;
    const IndexedBlock block = indexed(step);
    for (std::uint32_t position = 0; position < block.ids.size(); ++position) {
        batch.put(Family::transaction_index, block.ids[position].view(),
                  bytes_of(TransactionPlace{step.height, position}));
    }
    put_touches(block, step.height, batch);
    for (const SpentCoin& created : block.created) put_coin(batch, created);
    for (const SpentCoin& spent : step.spent) remove_coin(batch, spent);
    move_to(step.hash, batch);
}

// What is connected later finds nothing in the store at these heights or above.
void IndexDraft::disconnect(const ChainStep& step, Database::Batch& batch) {
    if (step.hash != tip_) return;
    CHECK(!first_, "blocks leave before others come");
    const IndexedBlock block = indexed(step);
    for (const TransactionId& id : block.ids) batch.remove(Family::transaction_index, id.view());
    for (const AddressTouch& touch : block.touches) {
        batch.remove(Family::address_index,
                     history_key(touch.owner, {step.height, touch.position}));
    }
    for (const SpentCoin& spent : step.spent) put_coin(batch, spent);
    for (const SpentCoin& created : block.created) remove_coin(batch, created);
    move_to(step.block.header.previous, batch);
}

void IndexDraft::put_touches(const IndexedBlock& block, Height height, Database::Batch& batch) {
    for (const AddressTouch& touch : block.touches) {
        AddressEntry& entry = last(touch.owner);
        entry = entry_after(entry, touch, block.ids[touch.position]);
        batch.put(Family::address_index, history_key(touch.owner, {height, touch.position}),
                  bytes_of(entry));
    }
}

AddressEntry& IndexDraft::last(const PublicKeyHash& owner) {
    const auto place = last_.lower_bound(owner);
    if (place != last_.end() && place->first == owner) return place->second;
    return last_.emplace_hint(place, owner, reader_.last_below(owner, *first_))->second;
}

void IndexDraft::move_to(const BlockHash& tip, Database::Batch& batch) {
    tip_ = tip;
    batch.put(Family::transaction_index, index_tip_key(), tip.view());
}

}  // namespace bezant::storage
