// SPDX-License-Identifier: Apache-2.0
#include "sim/measurement.hpp"

#include <algorithm>
#include <tuple>

namespace bezant::sim {

namespace {

constexpr std::uint32_t half = one_million / 2;
constexpr std::uint32_t nine_in_ten = one_million / 10 * 9;
constexpr std::uint32_t all_but_one_in_a_hundred = one_million / 100 * 99;

}  // namespace

Summary::Propagation propagation_of(const Quantiles& times) {
    return {.samples = times.count(),
            .p50 = times.at(half),
            .p90 = times.at(nine_in_ten),
            .p99 = times.at(all_but_one_in_a_hundred)};
}

void Measurement::arriving(ParticipantId from, ParticipantId to, const Message& message,
                           std::size_t bytes) {
    MessageCount& kind = messages_[message.index()];
    if (kind.count++ == 0) kind.name = name_of(message);
    message_bytes_ += bytes;
    if (const auto* whole = std::get_if<BlockMessage>(&message)) {
        compact_.whole_arriving(crossed(from, to, whole->block));
    } else if (const auto* compact = std::get_if<CompactBlock>(&message)) {
        compact_.arriving(*compact, crossed(from, to, compact->block), bytes);
    } else if (const auto* request = std::get_if<GetMissingTransactions>(&message)) {
        compact_.arriving(*request);
    } else if (const auto* answer = std::get_if<MissingTransactions>(&message)) {
        compact_.arriving(*answer, bytes);
    }
}

void Measurement::noticed(ParticipantId who, const Notice& notice, Time at) {
    if (const auto* moved = std::get_if<TipMoved>(&notice)) {
        for (const BlockIndex block : moved->change.connected) took(who, block, at);
        for (const auto& dropped : moved->pool.dropped) turned_down_.insert(dropped.payment.value);
        bury_below(moved->change.to);
    } else if (const auto* made = std::get_if<BlockMined>(&notice)) {
        mined(who, made->block, at);
    } else if (const auto* stale = std::get_if<BlockLeftStale>(&notice)) {
        took(who, stale->block, at);
    } else if (const auto* block = std::get_if<BlockRefused>(&notice)) {
        add_one(rejections_, to_text(block->rejection.reason));
    } else if (const auto* payment = std::get_if<PaymentRefused>(&notice)) {
        add_one(rejections_, to_text(payment->refusal));
        turned_down_.insert(payment->payment.value);
    } else if (const auto* peer = std::get_if<PeerDropped>(&notice)) {
        add_one(dropped_peers_, to_text(peer->misconduct));
    }
}

void Measurement::mined(ParticipantId who, BlockIndex block, Time at) {
    const auto place = static_cast<std::uint32_t>(histories_.size());
    if (!by_block_.emplace(block.value, place).second) return;
    ++mined_;
    BlockHistory& history = histories_.emplace_back();
    history.block = block;
    history.miner = who;
    history.mined = at;
    history.reached.resize(participants_);
    history.hops.resize(participants_);
    fresh_.push_back(place);
}

BlockCopy Measurement::crossed(ParticipantId from, ParticipantId to, BlockIndex block) {
    const auto found = by_block_.find(block.value);
    if (found == by_block_.end()) return BlockCopy::of_no_use;
    BlockHistory& history = histories_[found->second];
    if (history.hops.empty() || history.miner == to) return BlockCopy::of_no_use;
    const bool is_first = history.hops[to] == 0;
    if (is_first) history.hops[to] = history.hops[from] + 1;
    if (history.reached[to]) return BlockCopy::of_no_use;
    return is_first ? BlockCopy::first : BlockCopy::further;
}

void Measurement::took(ParticipantId who, BlockIndex block, Time at) {
    const auto found = by_block_.find(block.value);
    if (found == by_block_.end()) return;
    BlockHistory& history = histories_[found->second];
    if (history.reached.empty() || history.reached[who]) return;
    history.reached[who] = at - history.mined;
}

void Measurement::bury_below(BlockIndex tip) {
    const BlockTree& blocks = archive_.blocks();
    if (blocks[tip].height <= best_height_) return;
    best_height_ = blocks[tip].height;
    std::erase_if(fresh_, [&](std::uint32_t place) {
        BlockHistory& history = histories_[place];
        if (blocks[history.block].height.value + buried_depth > best_height_.value) return false;
        if (blocks.is_ancestor(history.block, tip)) add_times(history, buried_);
        history.reached = {};
        history.hops = {};
        return true;
    });
}

const BlockHistory* Measurement::history(BlockIndex block) const {
    const auto found = by_block_.find(block.value);
    return found == by_block_.end() ? nullptr : &histories_[found->second];
}

Quantiles Measurement::propagation(BlockIndex tip) const {
    Quantiles all = buried_;
    for (const std::uint32_t place : fresh_) {
        const BlockHistory& history = histories_[place];
        if (archive_.blocks().is_ancestor(history.block, tip)) add_times(history, all);
    }
    return all;
}

void Measurement::add_times(const BlockHistory& history, Quantiles& quantiles) {
    for (ParticipantId who = 0; who < history.reached.size(); ++who) {
        if (history.reached[who] && history.miner != who) quantiles.add(*history.reached[who]);
    }
}

void Measurement::add_one(Counts& counts, std::string_view name) {
    const auto found = counts.find(name);
    if (found == counts.end()) {
        counts.emplace(name, 1);
    } else {
        ++found->second;
    }
}

std::vector<Count> Measurement::counts_of(const Counts& counts) {
    std::vector<Count> result;
    for (const auto& [name, count] : counts) result.push_back({.name = name, .count = count});
    // By count, then by name.
    std::ranges::sort(result, [](const Count& left, const Count& right) {
        return std::tie(right.count, left.name) < std::tie(left.count, right.name);
    });
    return result;
}

std::vector<Count> Measurement::messages() const {
    std::vector<Count> result;
    for (const MessageCount& kind : messages_) {
        if (kind.count > 0) result.push_back({.name = std::string{kind.name}, .count = kind.count});
    }
    return result;
}

}  // namespace bezant::sim
