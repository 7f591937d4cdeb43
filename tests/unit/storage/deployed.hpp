// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "storage/ledger_storage.hpp"
#include "tests/support/chain_builder.hpp"

namespace bezant::test {

/// A deployed node's archive and store, without the node, in a folder that outlives it.
class Deployed {
public:
    Deployed(const ChainBuilder& builder, const std::string& folder)
        : builder_(builder),
          ledger_(storage::StoredLedger::open(folder, builder.parameters()).value()),
          archive_(builder.parameters(), verifier_, {.stored = ledger_.get()}),
          storage_(*ledger_, archive_),
          loaded_(storage_.load().value()) {}

    [[nodiscard]] const std::vector<BlockIndex>& loaded() const { return loaded_; }
    [[nodiscard]] Archive& archive() { return archive_; }
    [[nodiscard]] storage::StoredLedger& ledger() { return *ledger_; }
    [[nodiscard]] storage::LedgerStorage& storage() { return storage_; }

    /// A block arrives, and is stored if it is good.
    void take(std::size_t block) {
        const auto added = archive_.add_block(builder_[block].block);
        if (!added || archive_.block_fault(*added) != nullptr) return;
        const BlockTree& blocks = archive_.blocks();
        CHECK(storage_.append(*added), "it fits");
        if (waiting_ == no_block || blocks[*added].work > blocks[waiting_].work) waiting_ = *added;
    }

    /// Where the chain will end at the next sync.
    [[nodiscard]] BlockIndex next_tip() const {
        const BlockTree& blocks = archive_.blocks();
        const BlockIndex old = archive_.stored_tip();
        const bool moves = waiting_ != no_block && blocks[waiting_].work > blocks[old].work;
        return moves ? waiting_ : old;
    }
    /// What arrived since the last time becomes safe.
    [[nodiscard]] Result<void, StorageError> sync() {
        const auto written = storage_.sync(next_tip());
        if (written) waiting_ = no_block;
        return written;
    }
    /// This one is told of all steps to the next tip, and that they were not written.
    void tell_in_vain(storage::LedgerCompanion& companion) {
        storage::Database::Batch lost{ledger_->database()};
        const BlockIndex fork = archive_.blocks().fork_point(archive_.stored_tip(), next_tip());
        for (const BlockIndex at : way_to(archive_.stored_tip(), fork))
            step(at, [&](const storage::ChainStep& back) { companion.disconnect(back, lost); });
        const std::vector<BlockIndex> forward = way_to(next_tip(), fork);
        for (auto at = forward.rbegin(); at != forward.rend(); ++at)
            step(*at, [&](const storage::ChainStep& ahead) { companion.connect(ahead, lost); });
        companion.settle(false);
    }

    [[nodiscard]] Height height() const { return archive_.blocks()[archive_.stored_tip()].height; }
    [[nodiscard]] BlockHash tip() const { return archive_.blocks()[archive_.stored_tip()].hash; }
    /// What is buried below some height goes out of memory.
    void forget(Random& random) {
        const std::uint64_t below = random.below(height().value + std::uint64_t{1});
        archive_.forget_buried(Height{static_cast<std::uint32_t>(below)}, {});
    }

private:
    [[nodiscard]] std::vector<BlockIndex> way_to(BlockIndex block, BlockIndex fork) const {
        std::vector<BlockIndex> way;
        for (; block != fork; block = archive_.blocks()[block].parent) way.push_back(block);
        return way;
    }
    template <class Tell>
    void step(BlockIndex at, const Tell& tell) {
        archive_.load(at);
        const BlockEffect effect = archive_.effect_of(at);
        const Block whole = archive_.assemble(at);
        tell({.hash = archive_.blocks()[at].hash,
              .height = archive_.blocks()[at].height,
              .block = whole,
              .spent = effect.spent});
    }

    const ChainBuilder& builder_;
    DirectVerifier verifier_;
    std::unique_ptr<storage::StoredLedger> ledger_;
    Archive archive_;
    storage::LedgerStorage storage_;
    std::vector<BlockIndex> loaded_;
    BlockIndex waiting_ = no_block;
};

/// The numbers of the builder's blocks on the way from genesis to this one.
inline std::vector<std::size_t> numbers_to(const ChainBuilder& builder, const BlockHash& tip) {
    std::size_t number = 0;
    while (builder[number].hash != tip) ++number;
    std::vector<std::size_t> chain{number};
    for (; number != 0; chain.insert(chain.begin(), number)) number = builder[number].parent;
    return chain;
}

}  // namespace bezant::test
