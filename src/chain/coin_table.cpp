// SPDX-License-Identifier: Apache-2.0
#include "chain/coin_table.hpp"

#include <array>
#include <cstring>

#include "base/check.hpp"
#include "base/random.hpp"

namespace bezant {

std::size_t CoinTable::Hasher::operator()(const OutPoint& outpoint) const noexcept {
    std::array<std::uint64_t, TransactionId::size_bytes / sizeof(std::uint64_t)> words{};
    std::memcpy(words.data(), outpoint.transaction.data(), sizeof(words));
    std::uint64_t hash = mix_bits(secret ^ outpoint.index);
    for (const std::uint64_t word : words) hash = mix_bits(hash ^ word);
    return hash;
}

std::optional<CoinIndex> CoinTable::find(const OutPoint& outpoint) const {
    const auto found = by_outpoint_.find(outpoint);
    if (found == by_outpoint_.end()) return std::nullopt;
    return *found;
}

CoinIndex CoinTable::name(const OutPoint& outpoint) {
    if (const auto known = find(outpoint)) return *known;
    const CoinIndex coin = make_record(outpoint);
    by_outpoint_.insert(coin);
    return coin;
}

CoinIndex CoinTable::make_record(const OutPoint& outpoint) {
    if (free_.empty()) {
        CHECK(records_.size() < no_coin.value, "an index of 32 bits can number all coins");
        records_.push_back({.outpoint = outpoint});
        return CoinIndex{static_cast<std::uint32_t>(records_.size() - 1)};
    }
    const CoinIndex coin = free_.back();
    free_.pop_back();
    records_[coin.value].outpoint = outpoint;
    return coin;
}

void CoinTable::describe(CoinIndex coin, const Output& output, TransactionIndex transaction,
                         bool of_coinbase) {
    Record& record = records_[coin.value];
    if (record.transaction() != no_transaction) return;
    kept_outputs_.erase(coin);
    record.output = &output;
    record.set_made_by(transaction, of_coinbase);
}

void CoinTable::recall(CoinIndex coin, const Coin& known, BlockIndex creator) {
    Record& record = records_[coin.value];
    CHECK(record.output == nullptr, "only what is not known is recalled");
    record.output = kept_outputs_.emplace(coin, known.output);
    record.set_made_by(no_transaction, known.coinbase);
    add_creator(coin, creator);
}

void CoinTable::lose_transaction(CoinIndex coin, TransactionIndex transaction) {
    Record& record = records_[coin.value];
    if (record.spent_by == transaction) record.spent_by = no_transaction;
    if (record.transaction() != transaction) return;
    record.output = kept_outputs_.emplace(coin, *record.output);
    record.set_made_by(no_transaction, record.of_coinbase());
}

void CoinTable::forget(CoinIndex coin) {
    CHECK(is_in_use(coin), "a coin is forgotten once");
    by_outpoint_.erase(coin);
    kept_outputs_.erase(coin);
    records_[coin.value] = {};
    free_.push_back(coin);
}

void CoinTable::add_spending_transaction(CoinIndex coin, TransactionIndex transaction) {
    Record& record = records_[coin.value];
    if (record.spent_by == no_transaction) record.spent_by = transaction;
}

void CoinTable::add_creator(CoinIndex coin, BlockIndex block) {
    Record& record = records_[coin.value];
    CHECK(record.output != nullptr, "a block creates coins of its transactions");
    if (record.creator == no_block) record.creator = block;
    if (record.creator != block) add_link(record, block, false);
}

void CoinTable::add_spender(CoinIndex coin, BlockIndex block) {
    Record& record = records_[coin.value];
    if (record.spender == no_block) record.spender = block;
    if (record.spender != block) add_link(record, block, true);
}

void CoinTable::add_link(Record& record, BlockIndex block, bool spends) {
    if (has_link(record, block, spends)) return;
    links_.push_back({.block = block, .spends = spends, .next = record.more});
    record.more = static_cast<std::uint32_t>(links_.size() - 1);
}

bool CoinTable::has_link(const Record& record, BlockIndex block, bool spends) const {
    for (std::uint32_t link = record.more; link != no_link; link = links_[link].next) {
        if (links_[link].spends == spends && links_[link].block == block) return true;
    }
    return false;
}

BlockIndex CoinTable::linked_ancestor(const Record& record, bool spends, BlockIndex tip,
                                      const BlockTree& blocks) const {
    for (std::uint32_t link = record.more; link != no_link; link = links_[link].next) {
        const Link& each = links_[link];
        if (each.spends == spends && blocks.is_ancestor(each.block, tip)) return each.block;
    }
    return no_block;
}

BlockIndex CoinTable::creator_of(const Record& record, BlockIndex tip,
                                 const BlockTree& blocks) const {
    const bool is_first = record.creator == no_block || blocks.is_ancestor(record.creator, tip);
    return is_first ? record.creator : linked_ancestor(record, false, tip, blocks);
}

BlockIndex CoinTable::spender_of(const Record& record, BlockIndex tip,
                                 const BlockTree& blocks) const {
    const bool is_first = record.spender == no_block || blocks.is_ancestor(record.spender, tip);
    return is_first ? record.spender : linked_ancestor(record, true, tip, blocks);
}

CoinLookup CoinTable::at(CoinIndex coin, BlockIndex tip, const BlockTree& blocks) const {
    const Record& record = records_[coin.value];
    const BlockIndex creator = creator_of(record, tip, blocks);
    if (creator == no_block) return {};
    const bool spent = spender_of(record, tip, blocks) != no_block;
    return {.state = spent ? CoinState::spent : CoinState::unspent,
            .coin = {.output = *record.output,
                     .height = blocks[creator].height,
                     .coinbase = record.of_coinbase() && creator != genesis_index}};
}

}  // namespace bezant
