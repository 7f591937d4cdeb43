// SPDX-License-Identifier: Apache-2.0
#include "sim/relay/relay_engine.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "sim/link.hpp"

namespace bezant::sim {

RelayEngine::RelayEngine(const RelayNetwork& network, const RelaySettings& settings,
                         const Random& random)
    : network_(network),
      settings_(settings),
      random_(random.stream("relaying")),
      blocks_(1),
      locals_(network.size()),
      tip_blocks_{0} {
    blocks_.front().tips = network.size();
}

void RelayEngine::advance_to(std::uint64_t at_us) {
    CHECK(at_us >= now_us_, "time does not go back");
    const RelayEvent end{at_us, RelayEventKind::moment, 0, 0, 0};
    queue_.push(end);
    for (RelayEvent event = queue_.pop(); event != end; event = queue_.pop()) handle(event);
    now_us_ = at_us;
}

void RelayEngine::finish() {
    while (!queue_.empty()) handle(queue_.pop());
    retire_settled();
}

RelayBlockIndex RelayEngine::find_block(ParticipantId miner, std::uint32_t bytes) {
    retire_settled();
    const auto block = static_cast<RelayBlockIndex>(blocks_.size());
    const std::uint32_t place = make_place();
    blocks_.push_back({.parent = locals_[miner].tip,
                       .height = locals_[miner].height + 1,
                       .miner = miner,
                       .found_us = now_us_,
                       .place = place});
    relayed_[place].block = block;
    relayed_[place].bytes = bytes;
    if (blocks_[block].height > blocks_[best_].height) best_ = block;
    digest_.word(now_us_);
    digest_.word(miner);
    take(miner, place);
    return block;
}

BlockKnowledge RelayEngine::knowledge(RelayBlockIndex block, ParticipantId who) const {
    CHECK(blocks_[block].place, "the block is under way");
    return relayed_[*blocks_[block].place].knowledge[who];
}

void RelayEngine::schedule(std::uint64_t at_us, RelayEventKind kind, std::uint32_t place,
                           ParticipantId to, ParticipantId from) {
    queue_.push({at_us, kind, place, to, from});
    ++relayed_[place].pending;
}

void RelayEngine::handle(const RelayEvent& event) {
    now_us_ = event.microseconds();
    ++events_;
    digest_.word(event.microseconds());
    digest_.word(event.what());
    const std::uint32_t place = event.block_place();
    --relayed_[place].pending;
    switch (event.kind()) {
        case RelayEventKind::moment:
            return;
        case RelayEventKind::announced:
            return hear(event.to(), event.from(), place);
        case RelayEventKind::asked:
            return send_block(event.to(), event.from(), place);
        case RelayEventKind::asked_again:
            return send_missing(event.to(), event.from(), place);
        case RelayEventKind::compact:
            return receive_compact(event.to(), event.from(), place);
        case RelayEventKind::whole:
            return receive(event.to(), place);
    }
}

std::uint64_t RelayEngine::small_message_arrives(ParticipantId from, ParticipantId to) {
    const LatencyLaw& law =
        network_.laws_from(network_.place(from).region)[network_.place(to).region];
    return now_us_ + static_cast<std::uint64_t>(settings_.message_time.microseconds) +
           law.draw_us(random_);
}

/// Whoever has a block has all before it: what is lacking of them comes from there, too. What is
/// behind one's own best block is of no use.
void RelayEngine::hear(ParticipantId who, ParticipantId from, std::uint32_t place) {
    if (!relayed_[place].knowledge[who].is_wanted()) return;  // most announcements; nearest at hand
    if (blocks_[relayed_[place].block].height < locals_[who].height) return;
    for (std::optional<std::uint32_t> wanted = place; wanted;) {
        RelayedBlock& relayed = relayed_[*wanted];
        if (!relayed.knowledge[who].is_wanted()) return;
        relayed.knowledge[who] = BlockKnowledge::asked();
        schedule(small_message_arrives(who, from), RelayEventKind::asked, *wanted, from, who);
        wanted = blocks_[blocks_[relayed.block].parent].place;
    }
}

/// When what is sent now arrives. A sender uploads one thing after the other; where it sends one at
/// a time, it does not begin before the last has arrived.
std::uint64_t RelayEngine::upload(ParticipantId from, ParticipantId to, std::uint64_t bytes) {
    const std::uint8_t here = network_.place(from).region;
    const std::uint8_t there = network_.place(to).region;
    const Duration sending =
        settings_.send_time + serialisation_time(bytes, network_.bandwidth_bps(here, there));
    std::uint64_t& busy_until = locals_[from].busy_until_us;
    const std::uint64_t sent =
        std::max(now_us_, busy_until) + static_cast<std::uint64_t>(sending.microseconds);
    const std::uint64_t arrives = sent + network_.laws_from(here)[there].draw_us(random_);
    busy_until = settings_.one_at_a_time ? arrives : sent;
    return arrives;
}

void RelayEngine::send_block(ParticipantId from, ParticipantId to, std::uint32_t place) {
    const bool compact = network_.place(from).compact && network_.place(to).compact;
    const std::uint64_t bytes = compact ? settings_.compact_bytes : relayed_[place].bytes;
    schedule(upload(from, to, bytes), compact ? RelayEventKind::compact : RelayEventKind::whole,
             place, to, from);
}

void RelayEngine::send_missing(ParticipantId from, ParticipantId to, std::uint32_t place) {
    const std::uint64_t bytes = missing_bytes(to, relayed_[place].bytes);
    schedule(upload(from, to, bytes), RelayEventKind::whole, place, to, from);
}

/// Drawn from the quantiles, between which the law is taken to be straight.
std::uint64_t RelayEngine::missing_bytes(ParticipantId who, std::uint64_t block_bytes) {
    const std::vector<PartsPerMillion>& shares =
        network_.place(who).churning ? settings_.missing_churning : settings_.missing_staying;
    const std::uint64_t drawn = random_.below((shares.size() - 1) * one_million + 1);
    const std::uint64_t low = drawn / one_million;
    const std::uint64_t high = std::min<std::uint64_t>(low + 1, shares.size() - 1);
    const std::uint64_t part = drawn % one_million;
    const std::uint64_t share =
        (shares[low] * (one_million - part) + shares[high] * part) / one_million;
    return block_bytes * share / one_million;
}

void RelayEngine::receive_compact(ParticipantId who, ParticipantId from, std::uint32_t place) {
    const PartsPerMillion failure =
        network_.place(who).churning ? settings_.failure_churning : settings_.failure_staying;
    if (!random_.chance(failure, one_million)) return receive(who, place);
    schedule(small_message_arrives(who, from), RelayEventKind::asked_again, place, from, who);
}

void RelayEngine::receive(ParticipantId who, std::uint32_t place) {
    const auto parent_place = blocks_[blocks_[relayed_[place].block].parent].place;
    if (parent_place && !relayed_[*parent_place].knowledge[who].is_had()) {
        relayed_[*parent_place].waiting.emplace_back(who, place);
        return;
    }
    take(who, place);
}

void RelayEngine::take(ParticipantId who, std::uint32_t place) {
    const RelayBlockIndex block = relayed_[place].block;
    note_reached(who, relayed_[place]);
    if (blocks_[block].height > locals_[who].height) {
        move_tip(who, block);
        announce(who, place);
    }
    if (!relayed_[place].waiting.empty()) take_waiting(who, place);
}

void RelayEngine::note_reached(ParticipantId who, RelayedBlock& relayed) {
    RelayBlock& block = blocks_[relayed.block];
    relayed.knowledge[who] = BlockKnowledge::had_at(now_us_ - block.found_us);
    if (observer_ != nullptr) observer_->reached(relayed.block, who, now_us_);
    const std::uint32_t after = relayed.knowledge[who].time_us();
    ++relayed.reached;
    const std::uint64_t size = network_.size();
    if (relayed.reached == (size + 1) / 2) block.half_us = after;
    if (relayed.reached == (size * 9 + 9) / 10) block.nine_tenths_us = after;
}

void RelayEngine::move_tip(ParticipantId who, RelayBlockIndex block) {
    Local& local = locals_[who];
    --blocks_[local.tip].tips;
    if (blocks_[block].tips++ == 0) tip_blocks_.push_back(block);
    local.tip = block;
    local.height = blocks_[block].height;
}

void RelayEngine::announce(ParticipantId who, std::uint32_t place) {
    RelayedBlock& relayed = relayed_[place];
    const std::span<const LatencyLaw> laws = network_.laws_from(network_.place(who).region);
    const std::uint64_t leaves = now_us_ +
                                 static_cast<std::uint64_t>(settings_.message_time.microseconds) -
                                 blocks_[relayed.block].found_us;
    for (const RelayLink link : network_.links_of(who)) {
        BlockKnowledge& knowledge = relayed.knowledge[link.neighbour()];
        const LatencyLaw& law = laws[link.region()];
        if (!knowledge.is_news(leaves + law.least_us())) continue;
        const std::uint64_t arrives = leaves + law.draw_us(random_);
        if (!knowledge.is_news(arrives)) continue;
        knowledge = BlockKnowledge::announced_at(arrives);
        schedule(blocks_[relayed.block].found_us + arrives, RelayEventKind::announced, place,
                 link.neighbour(), who);
    }
}

void RelayEngine::take_waiting(ParticipantId who, std::uint32_t parent_place) {
    auto& waiting = relayed_[parent_place].waiting;
    for (std::size_t i = 0; i < waiting.size();) {
        const auto [waiter, place] = waiting[i];
        if (waiter != who) {
            ++i;
            continue;
        }
        waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(i));
        take(who, place);
    }
}

}  // namespace bezant::sim
