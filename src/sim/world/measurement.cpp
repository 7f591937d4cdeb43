// SPDX-License-Identifier: Apache-2.0
#include "sim/world/measurement.hpp"

#include <algorithm>

namespace bezant::sim {

namespace {

std::vector<Count> as_counts(const std::map<std::string_view, std::uint64_t>& counts) {
    std::vector<Count> list;
    for (const auto& [name, count] : counts) list.push_back({std::string{name}, count});
    std::ranges::stable_sort(list, std::ranges::greater{}, &Count::count);
    return list;
}

/// Refusals that are the everyday business of gossip say nothing of interest.
bool is_noteworthy(const Refusal& refusal) {
    return !std::holds_alternative<AlreadyHeld>(refusal) &&
           !std::holds_alternative<AlreadyConfirmed>(refusal) &&
           !std::holds_alternative<MissingParents>(refusal);
}

}  // namespace

void Measurement::noticed(ParticipantId who, const Notice& notice, Time now) {
    if (const auto* moved = std::get_if<TipMoved>(&notice)) {
        for (const BlockIndex block : moved->change.connected) reached(who, block, now);
    } else if (const auto* found = std::get_if<BlockMined>(&notice)) {
        mined(who, found->block, now);
    } else if (const auto* stale = std::get_if<BlockLeftStale>(&notice)) {
        reached(who, stale->block, now);
    } else if (const auto* block = std::get_if<BlockRefused>(&notice)) {
        ++rejections_[to_text(block->rejection.reason)];
    } else if (const auto* payment = std::get_if<PaymentRefused>(&notice)) {
        if (is_noteworthy(payment->refusal)) ++rejections_[to_text(payment->refusal)];
    } else if (const auto* accepted = std::get_if<PaymentAccepted>(&notice)) {
        if (!accepted->from) payments_made_.push_back(accepted->payment);
    } else if (std::holds_alternative<OrderFailed>(notice)) {
        ++orders_failed_;
    } else if (const auto* dropped = std::get_if<PeerDropped>(&notice)) {
        ++dropped_peers_[to_text(dropped->misconduct)];
    }
}

void Measurement::delivered(ParticipantId from, ParticipantId to, const Message& message,
                            std::size_t bytes) {
    MessageCount& kind = messages_[message.index()];
    if (kind.count++ == 0) kind.name = name_of(message);
    message_bytes_ += bytes;
    const auto* carried = std::get_if<BlockMessage>(&message);
    if (carried == nullptr || carried->block == no_block) return;
    BlockHistory& history = history_of(carried->block);
    if (history.hops.empty()) return;
    if (history.hops[to] == 0 && history.miner != to) history.hops[to] = history.hops[from] + 1;
}

const BlockHistory* Measurement::history(BlockIndex block) const {
    const auto found = histories_.find(block);
    return found == histories_.end() ? nullptr : &found->second;
}

BlockHistory& Measurement::history_of(BlockIndex block) {
    const auto [place, is_new] = histories_.try_emplace(block);
    BlockHistory& history = place->second;
    if (is_new) {
        history.block = block;
        history.reached.resize(participants_);
        history.hops.resize(participants_);
        if (detailed_++ == 0) oldest_detailed_ = place;
        if (detailed_ > detailed_histories_max) retire_oldest(block);
    }
    return history;
}

// Blocks come up in the order of their indices but for an adversary's, so the first is the oldest.
void Measurement::retire_oldest(BlockIndex newest) {
    BlockHistory& history = oldest_detailed_->second;
    if (archive_.blocks().is_ancestor(history.block, newest)) add_delays(retired_delays_, history);
    history.reached = {};
    history.hops = {};
    ++oldest_detailed_;
    --detailed_;
}

void Measurement::add_delays(Quantiles& delays, const BlockHistory& history) const {
    if (!history.miner || history.reached.empty()) return;
    for (ParticipantId who = 0; who < participants_; ++who) {
        if (who != history.miner && history.reached[who]) delays.add(*history.reached[who]);
    }
}

void Measurement::mined(ParticipantId who, BlockIndex block, Time now) {
    BlockHistory& history = history_of(block);
    history.miner = who;
    history.mined = now;
    history.reached[who] = Duration{};
    ++mined_;
}

void Measurement::reached(ParticipantId who, BlockIndex block, Time now) {
    BlockHistory& history = history_of(block);
    if (!history.miner || history.reached.empty()) return;
    if (!history.reached[who]) history.reached[who] = now - history.mined;
}

void Measurement::summarise(Summary& summary, BlockIndex tip,
                            const std::vector<const Participant*>& honest) const {
    summarise_blocks(summary, tip);
    summarise_payments(summary, tip, honest);
    summarise_propagation(summary, tip);
    summary.rejections = as_counts(rejections_);
    summary.dropped_peers = as_counts(dropped_peers_);
    for (const MessageCount& kind : messages_) {
        if (kind.count > 0) summary.messages.push_back({std::string{kind.name}, kind.count});
    }
    summary.message_bytes = message_bytes_;
}

void Measurement::summarise_blocks(Summary& summary, BlockIndex tip) const {
    summary.blocks.mined = mined_;
    summary.blocks.main_chain = archive_.blocks()[tip].height.value;
    summary.blocks.stale =
        static_cast<std::uint64_t>(std::ranges::count_if(histories_, [&](const auto& entry) {
            return entry.second.miner && !archive_.blocks().is_ancestor(entry.first, tip);
        }));
}

// A payment is confirmed if its coins are on the main chain, pending if somebody honest still holds
// it, and rejected otherwise: nobody will ever confirm it.
void Measurement::summarise_payments(Summary& summary, BlockIndex tip,
                                     const std::vector<const Participant*>& honest) const {
    std::vector<TransactionIndex> payments = payments_made_;
    std::ranges::sort(payments);
    const auto repeats = std::ranges::unique(payments);
    payments.erase(repeats.begin(), repeats.end());
    auto& counts = summary.transactions;
    counts.created = payments.size();
    for (const TransactionIndex payment : payments) {
        const CoinIndex coin = archive_.transactions()[payment].creates.front();
        const bool held = std::ranges::any_of(honest, [&](const Participant* participant) {
            return participant->mempool().contains(payment);
        });
        if (archive_.coins().at(coin, tip, archive_.blocks()).state != CoinState::unknown) {
            ++counts.confirmed;
        } else if (held) {
            ++counts.pending;
        } else {
            ++counts.rejected;
        }
    }
}

void Measurement::summarise_propagation(Summary& summary, BlockIndex tip) const {
    Quantiles delays = retired_delays_;
    for (const auto& [block, history] : histories_) {
        if (archive_.blocks().is_ancestor(block, tip)) add_delays(delays, history);
    }
    summary.propagation = {delays.count(), delays.at(500'000), delays.at(900'000),
                           delays.at(990'000)};
}

}  // namespace bezant::sim
