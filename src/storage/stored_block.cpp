// SPDX-License-Identifier: Apache-2.0
#include "storage/stored_block.hpp"

#include <algorithm>

#include "storage/index_reader.hpp"

namespace bezant::storage {

namespace {

/// A coin that a block spent, and the transaction that created it.
struct Source {
    TransactionPlace place;
    OutPoint outpoint;
    std::size_t order = 0;  ///< among the coins that the block spent
};

Block body_of(StoredLedger& ledger, const BlockHash& hash) {
    auto block = ledger.block(hash);
    if (!block) ledger.database().fail("a block that was stored is not there");
    return *std::move(block);
}

std::vector<Source> sources_of(StoredLedger& ledger, const Block& block) {
    const IndexReader index{ledger.database()};
    std::vector<Source> sources;
    for (const Transaction& transaction : block.transactions) {
        if (transaction.is_coinbase()) continue;
        for (const Input& input : transaction.inputs) {
            const auto place = index.find(input.previous.transaction);
            if (!place) ledger.database().fail("the index lacks a transaction of its chain");
            sources.push_back({*place, input.previous, sources.size()});
        }
    }
    return sources;
}

Coin coin_in(StoredLedger& ledger, const Block& block, const Source& source) {
    const auto& [place, outpoint, order] = source;
    if (place.position >= block.transactions.size() ||
        outpoint.index >= block.transactions[place.position].outputs.size())
        ledger.database().fail("the index names a transaction that is not there");
    const Transaction& transaction = block.transactions[place.position];
    return {.output = transaction.outputs[outpoint.index],
            .height = place.height,
            .coinbase = transaction.is_coinbase() && place.height > Height{}};
}

}  // namespace

StoredBlock read_stored_block(StoredLedger& ledger, const Archive& archive, Height height) {
    const BlockTree& blocks = archive.blocks();
    const BlockHash& hash = blocks[blocks.ancestor(archive.stored_tip(), height)].hash;
    auto spent = ledger.spent_by(hash);
    if (!spent) ledger.database().fail("a block on the way to the tip has no undo data");
    return {
        .hash = hash, .height = height, .block = body_of(ledger, hash), .spent = *std::move(spent)};
}

StoredBlock read_abandoned_block(StoredLedger& ledger, const Archive& archive, BlockIndex block) {
    const BlockTree& blocks = archive.blocks();
    StoredBlock read{.hash = blocks[block].hash,
                     .height = blocks[block].height,
                     .block = body_of(ledger, blocks[block].hash),
                     .spent = {}};
    std::vector<Source> sources = sources_of(ledger, read.block);
    std::ranges::sort(sources, {}, &Source::place);
    read.spent.resize(sources.size());
    Block creator;
    std::optional<Height> height;
    for (const Source& source : sources) {
        if (height != source.place.height) {
            height = source.place.height;
            creator = body_of(ledger, blocks[blocks.ancestor(block, *height)].hash);
        }
        read.spent[source.order] = {source.outpoint, coin_in(ledger, creator, source)};
    }
    return read;
}

}  // namespace bezant::storage
