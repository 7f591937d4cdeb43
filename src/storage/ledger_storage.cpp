// SPDX-License-Identifier: Apache-2.0
#include "storage/ledger_storage.hpp"

#include <ranges>

#include "ledger/codec.hpp"

namespace bezant::storage {

namespace {

/// The block's encoding, from the archive's tables.
Bytes bytes_of_block(const Archive& archive, BlockIndex block) {
    const std::span<const TransactionIndex> body = archive.body(block);
    Bytes bytes;
    bytes.reserve(header_bytes + encoded_size_of_size(body.size()) + archive.body_bytes(block));
    Encoder out{bytes};
    encode(out, archive.blocks()[block].header);
    out.size(body.size());
    for (const TransactionIndex index : body)
        encode(out, archive.transactions()[index].transaction);
    return bytes;
}

}  // namespace

Result<std::vector<BlockIndex>, StorageError> LedgerStorage::load() {
    std::vector<BlockIndex> blocks;
    bool connected = true;
    ledger_.each_block([&](std::uint64_t sequence, const BlockRecord& record) {
        next_sequence_ = sequence + 1;
        connected = connected && archive_.blocks().find(record.header.previous).has_value();
        if (connected) blocks.push_back(archive_.recall(record.header, record.sums));
    });
    const auto tip = archive_.blocks().find(ledger_.tip());
    if (!connected || !tip) return unexpected{StorageError::corrupt};
    archive_.resume_above(*tip);
    return blocks;
}

Result<void, StorageError> LedgerStorage::append(BlockIndex block) {
    appended_.push_back(block);
    return {};
}

Result<void, StorageError> LedgerStorage::sync(BlockIndex tip) {
    if (appended_.empty() && tip == archive_.stored_tip()) return {};
    Database::Batch batch{ledger_.database()};
    put_appended(batch);
    move(batch, tip);
    const auto written = ledger_.database().write(std::move(batch));
    if (!written) {
        settle_companions(false);
        return written;
    }
    next_sequence_ += appended_.size();
    for (const BlockIndex block : appended_) archive_.note_stored(block);
    archive_.note_stored_tip(tip);
    appended_.clear();
    settle_companions(true);
    return {};
}

void LedgerStorage::settle_companions(bool written) {
    for (LedgerCompanion* const companion : companions_) companion->settle(written);
}

void LedgerStorage::put_appended(Database::Batch& batch) const {
    std::uint64_t sequence = next_sequence_;
    for (const BlockIndex block : appended_) {
        const BlockNode& node = archive_.blocks()[block];
        batch.put(Family::blocks, node.hash.view(), bytes_of_block(archive_, block));
        batch.put(Family::block_index, sequence_key(sequence++),
                  bytes_of(BlockRecord{.header = node.header, .sums = archive_.sums(block)}));
    }
}

void LedgerStorage::move(Database::Batch& batch, BlockIndex tip) {
    const BlockTree& blocks = archive_.blocks();
    const BlockIndex fork = blocks.fork_point(archive_.stored_tip(), tip);
    CoinChanges coins;
    for (BlockIndex block = archive_.stored_tip(); block != fork; block = blocks[block].parent)
        step_back(batch, coins, block);
    std::vector<BlockIndex> forward;
    for (BlockIndex block = tip; block != fork; block = blocks[block].parent)
        forward.push_back(block);
    for (const BlockIndex block : forward | std::views::reverse)
        step_forward(batch, coins, block, blocks[fork].height, tip);
    std::move(coins).write_to(batch);
    batch.put(Family::meta, meta_tip(), blocks[tip].hash.view());
}

/// The effect without the coins that are spent on the way to the tip.
BlockEffect LedgerStorage::lasting(BlockEffect effect, BlockIndex block, BlockIndex tip) const {
    auto created = effect.created.begin();
    auto kept = created;
    for (const TransactionIndex transaction : archive_.body(block)) {
        for (const CoinIndex coin : archive_.transactions()[transaction].creates) {
            if (archive_.coins().spender_at(coin, tip, archive_.blocks()) == no_block)
                *kept++ = *created;
            ++created;
        }
    }
    effect.created.erase(kept, effect.created.end());
    return effect;
}

void LedgerStorage::step_back(Database::Batch& batch, CoinChanges& coins, BlockIndex block) {
    const BlockNode& node = archive_.blocks()[block];
    const BlockEffect effect = archive_.effect_of(block);
    disconnect(batch, coins, node.hash, effect);
    if (companions_.empty()) return;
    const Block whole = archive_.assemble(block);
    const ChainStep step{
        .hash = node.hash, .height = node.height, .block = whole, .spent = effect.spent};
    for (LedgerCompanion* const companion : companions_) companion->disconnect(step, batch);
}

void LedgerStorage::step_forward(Database::Batch& batch, CoinChanges& coins, BlockIndex block,
                                 Height fork, BlockIndex tip) {
    const BlockNode& node = archive_.blocks()[block];
    const BlockEffect effect = lasting(archive_.effect_of(block), block, tip);
    connect(batch, coins, node.hash, effect, fork);
    if (companions_.empty()) return;
    const Block whole = archive_.assemble(block);
    const ChainStep step{
        .hash = node.hash, .height = node.height, .block = whole, .spent = effect.spent};
    for (LedgerCompanion* const companion : companions_) companion->connect(step, batch);
}

}  // namespace bezant::storage
