// SPDX-License-Identifier: Apache-2.0
#include "node/block_sync.hpp"

#include <algorithm>
#include <vector>

#include "node/compact_intake.hpp"
#include "node/liveness.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

/// Whether the body is not to be asked for now: too much waits, and it would have to wait too.
bool must_be_put_off(const ParticipantState& self, BlockIndex block) {
    return self.chain.waiting_bytes() >= self.options.waiting_body_bytes_max / 2 &&
           !connects(self, block);
}

/// Bodies that nobody is asked for, up to so many blocks above the first that is missing.
std::vector<BlockIndex> bodies_in_window(const ParticipantState& self) {
    const BlockTree& blocks = self.archive.blocks();
    std::vector<BlockIndex> missing = self.chain.missing_bodies(body_window_max);
    if (missing.empty()) return missing;
    const std::uint32_t end = blocks[missing.front()].height.value + body_window_max;
    std::erase_if(missing, [&](BlockIndex block) {
        return blocks[block].height.value >= end || self.block_requests.is_asked(block) ||
               must_be_put_off(self, block);
    });
    return missing;
}

/// A neighbour that can be asked for bodies on the way to the best header, up to a height.
struct Source {
    Peer* peer = nullptr;
    Height reach;
    std::vector<BlockIndex> to_ask;

    [[nodiscard]] std::size_t load() const { return peer->blocks_asked.size() + to_ask.size(); }
};

std::size_t load_max(const ParticipantState& self) {
    return std::min(self.options.blocks_in_flight_per_peer_max, blocks_per_request_max);
}

std::vector<Source> find_sources(ParticipantState& self) {
    std::vector<Source> sources;
    const BlockTree& blocks = self.archive.blocks();
    for (Peer& peer : self.peers.greeted()) {
        if (peer.stalled() || peer.blocks_asked.size() >= load_max(self)) continue;
        const BlockIndex shared = peer.theirs.last_shared(self.chain.best_header(), blocks);
        if (!self.chain.is_on_best_chain(shared))
            sources.push_back({.peer = &peer, .reach = blocks[shared].height, .to_ask = {}});
    }
    return sources;
}

/// The least busy neighbour that has the block and room; of equals the first.
Source* choose(std::vector<Source>& sources, Height height, std::size_t busy) {
    Source* chosen = nullptr;
    for (Source& source : sources) {
        if (source.reach < height || source.load() >= busy) continue;
        chosen = &source;
        busy = source.load();
    }
    return chosen;
}

void note_asked(Turn& turn, Peer& peer, BlockIndex block) {
    turn.self.block_requests.ask(block, peer.id);
    peer.blocks_asked.add(block, turn.now);
}

void ask(Turn& turn, Peer& peer, std::vector<BlockIndex> wanted) {
    if (wanted.empty()) return;
    for (const BlockIndex block : wanted) note_asked(turn, peer, block);
    if (wanted.size() == 1 && suits_compact_form(turn.self, peer, wanted.front())) {
        turn.send(peer, GetCompactBlock{.block = wanted.front()});
    } else {
        turn.send(peer, GetData{.payments = {}, .blocks = std::move(wanted)});
    }
    watch_requests(turn, peer);
}

/// Whether somebody else has this block on the way to the best header, and answers.
bool has_other_source(ParticipantState& self, const Peer& than, BlockIndex block) {
    const BlockTree& blocks = self.archive.blocks();
    return std::ranges::any_of(self.peers.greeted(), [&](const Peer& peer) {
        const BlockIndex shared = peer.theirs.last_shared(self.chain.best_header(), blocks);
        return peer.id != than.id && !peer.stalled() &&
               blocks[shared].height >= blocks[block].height;
    });
}

/// The neighbour that keeps many others' bodies waiting for its own, if they could be had
/// elsewhere.
Peer* who_holds_up(ParticipantState& self) {
    if (self.chain.waiting_count() < held_up_bodies_max) return nullptr;
    const std::vector<BlockIndex> first = self.chain.missing_bodies(1);
    const auto asked = first.empty() ? std::nullopt : self.block_requests.asked_of(first.front());
    Peer* peer = asked ? self.peers.find(*asked) : nullptr;
    return peer != nullptr && has_other_source(self, *peer, first.front()) ? peer : nullptr;
}

void release_given_up(ParticipantState& self, Peer& peer) {
    for (const BlockIndex block : peer.blocks_asked.give_up())
        self.block_requests.release(block, peer.id);
}

/// The oldest bodies that are missing on the way to a block, and that nobody is asked for.
std::vector<BlockIndex> oldest_missing(const ParticipantState& self, BlockIndex last,
                                       std::size_t count_max) {
    std::vector<BlockIndex> missing;
    for (BlockIndex block = last; !self.chain.has_body(block);
         block = self.archive.blocks()[block].parent) {
        if (!self.block_requests.is_asked(block) && !must_be_put_off(self, block))
            missing.push_back(block);
    }
    std::ranges::reverse(missing);
    if (missing.size() > count_max) missing.resize(count_max);
    return missing;
}

void ask_for_branch(Turn& turn, Peer& peer, BlockIndex last) {
    const ParticipantState& self = turn.self;
    const BlockTree& blocks = self.archive.blocks();
    const std::size_t load = peer.blocks_asked.size();
    if (peer.stalled() || load >= load_max(self) || self.chain.has_body(last) ||
        self.chain.fault(last) || blocks[last].work < blocks[self.chain.tip()].work ||
        blocks.is_ancestor(last, self.chain.best_header()))
        return;
    ask(turn, peer, oldest_missing(self, last, load_max(self) - load));
}

}  // namespace

bool connects(const ParticipantState& self, BlockIndex block) {
    return self.chain.is_connected(self.archive.blocks()[block].parent);
}

bool has_room_for(const ParticipantState& self, std::size_t bytes) {
    return self.chain.waiting_bytes() + bytes <= self.options.waiting_body_bytes_max;
}

void ask_for_bodies(Turn& turn) {
    ParticipantState& self = turn.self;
    if (self.chain.tip() == self.chain.best_header()) return;
    if (Peer* peer = who_holds_up(self)) release_given_up(self, *peer);
    std::vector<Source> sources = find_sources(self);
    if (sources.empty()) return;
    for (const BlockIndex block : bodies_in_window(self)) {
        Source* source = choose(sources, self.archive.blocks()[block].height, load_max(self));
        if (source == nullptr) break;
        source->to_ask.push_back(block);
    }
    for (Source& source : sources) ask(turn, *source.peer, std::move(source.to_ask));
}

void ask_for_rivals(Turn& turn, Peer& peer) {
    for (const BlockIndex tip : peer.theirs.tips()) ask_for_branch(turn, peer, tip);
}

void ask_for_whole_body(Turn& turn, Peer& peer, BlockIndex block) {
    note_asked(turn, peer, block);
    turn.send(peer, GetData{.payments = {}, .blocks = {block}});
    watch_requests(turn, peer);
}

void ask_for_missing(Turn& turn, Peer& peer, GetMissingTransactions request) {
    note_asked(turn, peer, request.block);
    turn.send(peer, std::move(request));
    watch_requests(turn, peer);
}

void give_up_bodies(Turn& turn, Peer& peer) {
    release_given_up(turn.self, peer);
    ask_for_bodies(turn);
}

void release_bodies(Turn& turn, const Peer& peer) {
    for (const BlockIndex block : peer.blocks_asked.asked())
        turn.self.block_requests.release(block, peer.id);
    ask_for_bodies(turn);
}

}  // namespace bezant
