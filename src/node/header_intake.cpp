// SPDX-License-Identifier: Apache-2.0
#include "node/header_intake.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "node/block_intake.hpp"
#include "node/block_sync.hpp"
#include "node/conduct.hpp"
#include "node/header_sync.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

enum class Standing : std::uint8_t {
    nowhere,  ///< its parent is not known here
    weak,     ///< its chain has not shown enough work
    strong,
};

std::optional<BlockIndex> known_block(const ParticipantState& self, const BlockHash& hash) {
    const auto block = self.archive.blocks().find(hash);
    return block && self.chain.has_header(*block) ? block : std::nullopt;
}

Uint256 work_with(Uint256 work, std::span<const BlockHeader> headers) {
    for (const BlockHeader& header : headers)
        work = checked_add(work, claimed_work(header)).value_or(Uint256::max());
    return work;
}

Standing standing_of(const ParticipantState& self, std::span<const BlockHeader> headers) {
    const auto parent = known_block(self, headers.front().previous);
    if (!parent) return Standing::nowhere;
    if (known_block(self, block_hash(headers.back()))) return Standing::strong;
    const Uint256 work = work_with(self.archive.blocks()[*parent].work, headers);
    return work < least_work(self) ? Standing::weak : Standing::strong;
}

Standing standing_of(const ParticipantState& self, std::span<const BlockIndex> headers) {
    const BlockTree& blocks = self.archive.blocks();
    if (self.chain.has_header(headers.back())) return Standing::strong;
    if (!self.chain.has_header(blocks[headers.front()].parent)) return Standing::nowhere;
    return blocks[headers.back()].work < least_work(self) ? Standing::weak : Standing::strong;
}

/// Whether they go on where a first look at the neighbour's chain has got to.
bool goes_on(const Peer& peer, const BlockHash& previous) {
    return peer.presync && !peer.presync->is_looking_again() && previous == peer.presync->end();
}

/// Takes the headers in, up to the first that is refused; the last one taken.
std::optional<BlockIndex> take_headers(Turn& turn, Peer& peer,
                                       std::span<const BlockIndex> headers) {
    std::optional<BlockIndex> last;
    for (const BlockIndex header : headers) {
        if (!take_header(turn, peer, header)) break;
        last = header;
    }
    return last;
}

void keep(Turn& turn, Peer& peer, std::span<const BlockIndex> headers) {
    if (turn.self.chain.has_header(headers.back())) of_no_use(turn, peer);
    const auto last = take_headers(turn, peer, headers);
    if (peer.dropped) return;
    const BlockIndex reached = last.value_or(genesis_index);
    peer.theirs.add(reached, turn.self.archive.blocks());
    headers_arrived(turn, peer, reached == headers.back() ? headers.size() : 0, reached);
    ask_for_rivals(turn, peer);
    ask_for_bodies(turn);
}

void keep(Turn& turn, Peer& peer, std::span<const BlockHeader> headers) {
    std::vector<BlockIndex> added;
    for (const BlockHeader& header : headers) {
        const auto block = turn.self.archive.add_valid_header(header);
        if (!block) {
            take_headers(turn, peer, added);
            return misbehave(turn, peer, Misconduct::invalid_header);
        }
        added.push_back(*block);
    }
    keep(turn, peer, added);
}

std::vector<BlockHeader> values_of(const BlockTree& blocks, std::span<const BlockIndex> headers) {
    std::vector<BlockHeader> values;
    for (const BlockIndex header : headers) values.push_back(blocks[header].header);
    return values;
}

/// The neighbour's chain ends without enough work. That is no misconduct: it may be behind, as we
/// may be.
void leave_weak(Turn& turn, Peer& peer) {
    const BlockIndex start = peer.presync->start();
    const std::uint64_t messages = 1 + peer.presync->seen() / headers_per_message_max;
    peer.presync.reset();
    of_no_use(turn, peer,
              std::min(messages * useless_per_weak_headers, useless_per_weak_chain_max));
    peer.theirs.add(start, turn.self.archive.blocks());
    headers_arrived(turn, peer, 0, start);
}

bool are_early(const Turn& turn, std::span<const BlockHeader> headers) {
    return std::ranges::any_of(headers, [&](const BlockHeader& header) {
        return !check_header_clock(header, turn.now, turn.self.archive.parameters());
    });
}

/// The first look at a chain.
void look_at(Turn& turn, Peer& peer, std::span<const BlockHeader> headers) {
    HeaderPresync& presync = *peer.presync;
    if (are_early(turn, headers)) return leave_weak(turn, peer);
    if (!presync.look_at(headers, turn.self.archive.parameters())) {
        peer.presync.reset();
        return misbehave(turn, peer, Misconduct::invalid_header);
    }
    if (presync.work() >= least_work(turn.self)) {
        presync.look_again();
        return ask_headers_again(turn, peer, presync.start());
    }
    if (headers.size() < headers_per_message_max || presync.is_full())
        return leave_weak(turn, peer);
    ask_headers_beyond(turn, peer, presync.end(), presync.start());
}

/// The second look: what is there is what was there, or it has been withheld.
void look_again_at(Turn& turn, Peer& peer, std::span<const BlockHeader> headers) {
    if (peer.presync->confirms(headers)) return keep(turn, peer, headers);
    leave_weak(turn, peer);
    misbehave(turn, peer, Misconduct::withheld_data);
}

void weak_headers_came(Turn& turn, Peer& peer, std::span<const BlockHeader> headers) {
    if (peer.presync && peer.presync->is_looking_again()) return look_again_at(turn, peer, headers);
    if (!goes_on(peer, headers.front().previous)) {
        const auto start = known_block(turn.self, headers.front().previous);
        peer.presync = std::make_unique<HeaderPresync>(*start, turn.self.archive);
    }
    look_at(turn, peer, headers);
}

/// What becomes of headers, in either form.
template <class Headers>
void deal_with(Turn& turn, Peer& peer, Standing standing, const Headers& headers,
               const auto& values) {
    if (standing == Standing::weak) return weak_headers_came(turn, peer, values());
    if (standing == Standing::nowhere) return headers_led_nowhere(turn, peer);
    peer.presync.reset();
    keep(turn, peer, headers);
}

}  // namespace

Uint256 least_work(const ParticipantState& self) {
    const BlockNode& tip = self.archive.blocks()[self.chain.tip()];
    const Uint256 margin =
        checked_multiply(claimed_work(tip.header), depth_kept_max).value_or(Uint256::max());
    const Uint256 near_tip = tip.work > margin ? tip.work - margin : Uint256{};
    return std::max(near_tip, self.options.minimum_work);
}

void headers_came(Turn& turn, Peer& peer, std::span<const BlockIndex> headers) {
    const BlockTree& blocks = turn.self.archive.blocks();
    const bool is_next = goes_on(peer, blocks[headers.front()].header.previous);
    const Standing standing = is_next ? Standing::weak : standing_of(turn.self, headers);
    deal_with(turn, peer, standing, headers, [&] { return values_of(blocks, headers); });
}

void headers_came(Turn& turn, Peer& peer, std::span<const BlockHeader> headers) {
    const bool is_next = goes_on(peer, headers.front().previous);
    const Standing standing = is_next ? Standing::weak : standing_of(turn.self, headers);
    deal_with(turn, peer, standing, headers, [&] { return headers; });
}

bool keep_header(Turn& turn, Peer& peer, BlockIndex block) {
    const Standing standing = standing_of(turn.self, std::span{&block, 1});
    if (standing == Standing::strong) return take_header(turn, peer, block);
    if (standing == Standing::nowhere) headers_led_nowhere(turn, peer);
    return false;
}

std::optional<BlockIndex> keep_header(Turn& turn, Peer& peer, const BlockHeader& header) {
    const Standing standing = standing_of(turn.self, std::span{&header, 1});
    if (standing == Standing::nowhere) headers_led_nowhere(turn, peer);
    if (standing != Standing::strong) return std::nullopt;
    const auto block = turn.self.archive.add_valid_header(header);
    if (!block) misbehave(turn, peer, Misconduct::invalid_header);
    return block && take_header(turn, peer, *block) ? std::optional{*block} : std::nullopt;
}

}  // namespace bezant
