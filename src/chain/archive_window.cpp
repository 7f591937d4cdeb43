// SPDX-License-Identifier: Apache-2.0
// How an archive with a storage holds a window of its facts in memory.
//
// The rule that makes it right: whatever the blocks from the window's edge to the stored tip did to
// coins is in memory, and before coins are asked about after another block, so is whatever was done
// on its branch, from where the two part. A coin that is not in memory was therefore touched by
// none of them, and is after each of them as it is after the stored tip.
#include "base/check.hpp"
#include "chain/archive.hpp"

namespace bezant {

BlockIndex Archive::recall(const BlockHeader& header, const Sums& sums) {
    const auto block = blocks_.add(header);
    CHECK(block, "a block is recalled after its parent");
    header_faults_.pass(*block);
    block_faults_.pass(*block);
    if (block->value >= sums_.size()) sums_.resize(block->value + std::size_t{1});
    sums_[block->value] = sums;
    note_stored(*block);
    return *block;
}

void Archive::resume_above(BlockIndex tip) {
    stored_tip_ = tip;
    window_edge_ = tip;
    blocks_.set_trunk(tip);
    // What became of its coins is in the storage.
    note_stored(genesis_index);
    forget_buried(blocks_[tip].height, {});
}

void Archive::load(BlockIndex block) {
    if (bodies_.contains(block)) return;
    CHECK(has_body(block), "a body is known before it is loaded");
    const auto stored = stored_->block(blocks_[block].hash);
    CHECK(stored, "a storage keeps what it has been given");
    std::vector<TransactionIndex> body;
    body.reserve(stored->transactions.size());
    for (const Transaction& transaction : stored->transactions)
        body.push_back(add_transaction(transaction));
    bodies_.add(block, std::move(body));
}

/// A coin that is not in memory is brought there as the storage has it.
CoinIndex Archive::name_coin(const OutPoint& outpoint) {
    const auto known = find_coin(outpoint);
    return known ? *known : coins_.name(outpoint);
}

std::optional<CoinIndex> Archive::find_coin(const OutPoint& outpoint) {
    if (const auto known = coins_.find(outpoint)) return known;
    const auto stored = stored_ == nullptr ? std::nullopt : stored_->coin(outpoint);
    if (!stored) return std::nullopt;
    const CoinIndex coin = coins_.name(outpoint);
    coins_.recall(coin, *stored, blocks_.ancestor(stored_tip_, stored->height));
    return coin;
}

/// Sees that coins can be asked about after `tip`, which is valid. Costs a step for each block off
/// the stored chain, and the reading of those that are not in memory.
void Archive::reach_back_to(BlockIndex tip) {
    if (stored_ == nullptr) return;
    const BlockIndex fork = blocks_.fork_point(tip, stored_tip_);
    while (blocks_[window_edge_].height > blocks_[fork].height) {
        load(window_edge_);
        recall_spent(window_edge_);
        register_coins(window_edge_);
        window_edge_ = blocks_[window_edge_].parent;
    }
    for (BlockIndex block = tip; block != fork; block = blocks_[block].parent) {
        if (registered_.contains(block.value)) continue;
        load(block);
        register_coins(block);
    }
}

/// The coins that a block on the way to the stored tip spent are in the storage's coins no longer.
void Archive::recall_spent(BlockIndex block) {
    const auto spent = stored_->spent_by(blocks_[block].hash);
    CHECK(spent, "a storage can undo every block on the way to its tip");
    for (const SpentCoin& each : *spent) {
        const CoinIndex coin = coins_.name(each.outpoint);
        if (coins_.output(coin) == nullptr)
            coins_.recall(coin, each.coin, blocks_.ancestor(block, each.coin.height));
        coins_.add_creator(coin, blocks_.ancestor(block, each.coin.height));
    }
}

BlockEffect Archive::effect_of(BlockIndex block) const {
    BlockEffect effect;
    const Height height = blocks_[block].height;
    for (const TransactionIndex index : body(block)) {
        const TransactionFact& fact = transactions_[index];
        const Transaction& transaction = fact.transaction;
        for (std::size_t i = 0; i < fact.spends.size(); ++i) {
            effect.spent.push_back({.outpoint = transaction.inputs[i].previous,
                                    .coin = coins_.at(fact.spends[i], block, blocks_).coin});
        }
        const bool of_coinbase = transaction.is_coinbase() && block != genesis_index;
        for (std::uint32_t i = 0; i < transaction.outputs.size(); ++i) {
            effect.created.push_back(
                {.outpoint = {.transaction = fact.id, .index = i},
                 .coin = {
                     .output = transaction.outputs[i], .height = height, .coinbase = of_coinbase}});
        }
    }
    const Sums& money = sums(block);
    effect.fees = money.fees;
    effect.issued = money.issued;
    effect.destroyed = money.destroyed;
    return effect;
}

void Archive::forget_buried(Height height, const HeldFacts& held) {
    CHECK(stored_ != nullptr, "only what is stored can be forgotten");
    CHECK(height <= blocks_[stored_tip_].height, "memory holds what is above the stored tip");
    const BlockIndex edge = blocks_.ancestor(stored_tip_, height);
    if (blocks_[edge].height > blocks_[window_edge_].height) window_edge_ = edge;
    bodies_.forget_if([&](BlockIndex block) {
        if (blocks_[block].height > height) return false;
        if (!stored_bodies_.contains(block.value) && !block_faults_.is_bad(block)) return false;
        registered_.erase(block.value);
        return true;
    });
    const HeldFacts staying = staying_with(held);
    forget_transactions(staying);
    forget_coins(staying);
}

/// What is held, what is in a body, and the coins that those transactions touch.
HeldFacts Archive::staying_with(HeldFacts held) const {
    for (const BlockIndex block : bodies_.blocks()) held.hold_all(bodies_[block]);
    transactions_.for_each_known([&](TransactionIndex index, const TransactionFact& fact) {
        if (!held.holds(index)) return;
        held.hold_all(fact.spends);
        held.hold_all(fact.creates);
    });
    return held;
}

std::vector<TransactionIndex> Archive::transactions_but(const HeldFacts& staying) const {
    std::vector<TransactionIndex> others;
    transactions_.for_each_known([&](TransactionIndex index, const TransactionFact&) {
        if (!staying.holds(index)) others.push_back(index);
    });
    return others;
}

void Archive::forget_transactions(const HeldFacts& staying) {
    for (const TransactionIndex index : transactions_but(staying)) {
        // Other transactions, and holders of coins, may go on referring to those that it touched.
        for (const auto* touched : {&transactions_[index].creates, &transactions_[index].spends})
            for (const CoinIndex coin : *touched)
                if (staying.holds(coin)) coins_.lose_transaction(coin, index);
        transactions_.forget(index);
    }
}

void Archive::forget_coins(const HeldFacts& staying) {
    for (std::uint32_t i = 0; i < coins_.size(); ++i) {
        const CoinIndex coin{i};
        if (!staying.holds(coin) && coins_.is_in_use(coin)) coins_.forget(coin);
    }
}

}  // namespace bezant
