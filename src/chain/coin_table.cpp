// SPDX-License-Identifier: Apache-2.0
#include "chain/coin_table.hpp"

#include <array>
#include <cstring>

#include "base/check.hpp"
#include "base/random.hpp"

namespace bezant {

std::size_t NamedOutPointHasher::operator()(const OutPoint& outpoint) const noexcept {
    std::array<std::uint64_t, TransactionId::size_bytes / sizeof(std::uint64_t)> words{};
    std::memcpy(words.data(), outpoint.transaction.data(), sizeof(words));
    std::uint64_t hash = mix_bits(secret ^ outpoint.index);
    for (const std::uint64_t word : words) hash = mix_bits(hash ^ word);
    return hash;
}

std::optional<CoinIndex> CoinTable::find(const OutPoint& outpoint) const {
    const auto found = by_outpoint_.find(outpoint);
    if (found == by_outpoint_.end()) return std::nullopt;
    return found->second;
}

CoinIndex CoinTable::name(const OutPoint& outpoint) {
    const auto [place, is_new] = by_outpoint_.emplace(outpoint, no_coin);
    if (is_new) place->second = make_record(outpoint);
    return place->second;
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

void CoinTable::describe(CoinIndex coin, const Output& output, bool of_coinbase) {
    Record& record = records_[coin.value];
    if (record.output != nullptr) kept_outputs_.erase(coin);
    record.output = &output;
    record.of_coinbase = of_coinbase;
}

void CoinTable::recall(CoinIndex coin, const Coin& known, BlockIndex creator) {
    Record& record = records_[coin.value];
    record.of_coinbase = known.coinbase;
    record.output = &kept_outputs_.insert_or_assign(coin, known.output).first->second;
    add(record.creators, creator);
}

void CoinTable::keep_output(CoinIndex coin) {
    Record& record = records_[coin.value];
    if (record.output == nullptr || kept_outputs_.contains(coin)) return;
    record.output = &kept_outputs_.emplace(coin, *record.output).first->second;
}

void CoinTable::forget(CoinIndex coin) {
    CHECK(is_in_use(coin), "a coin is forgotten once");
    by_outpoint_.erase(records_[coin.value].outpoint);
    kept_outputs_.erase(coin);
    records_[coin.value] = {};
    free_.push_back(coin);
}

void CoinTable::add_creator(CoinIndex coin, BlockIndex block) {
    CHECK(records_[coin.value].output != nullptr, "a block creates coins of its transactions");
    add(records_[coin.value].creators, block);
}

void CoinTable::add_spender(CoinIndex coin, BlockIndex block) {
    add(records_[coin.value].spenders, block);
}

bool CoinTable::contains(const BlockList& list, BlockIndex block) const {
    if (list.first == block) return true;
    for (std::uint32_t link = list.more; link != no_link; link = links_[link].next) {
        if (links_[link].block == block) return true;
    }
    return false;
}

void CoinTable::add(BlockList& list, BlockIndex block) {
    if (contains(list, block)) return;
    if (list.first == no_block) {
        list.first = block;
        return;
    }
    links_.push_back({.block = block, .next = list.more});
    list.more = static_cast<std::uint32_t>(links_.size() - 1);
}

BlockIndex CoinTable::ancestor_among(const BlockList& list, BlockIndex tip,
                                     const BlockTree& blocks) const {
    if (list.first == no_block || blocks.is_ancestor(list.first, tip)) return list.first;
    for (std::uint32_t link = list.more; link != no_link; link = links_[link].next) {
        if (blocks.is_ancestor(links_[link].block, tip)) return links_[link].block;
    }
    return no_block;
}

CoinLookup CoinTable::at(CoinIndex coin, BlockIndex tip, const BlockTree& blocks) const {
    const Record& record = records_[coin.value];
    const BlockIndex creator = ancestor_among(record.creators, tip, blocks);
    if (creator == no_block) return {};
    const bool spent = ancestor_among(record.spenders, tip, blocks) != no_block;
    return {.state = spent ? CoinState::spent : CoinState::unspent,
            .coin = {.output = *record.output,
                     .height = blocks[creator].height,
                     .coinbase = record.of_coinbase && creator != genesis_index}};
}

}  // namespace bezant
