// SPDX-License-Identifier: Apache-2.0
#include "node/block_submission.hpp"

#include "chain/parent_faults.hpp"
#include "node/block_intake.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

/// The block among the facts, if its header obeys the rules and the body is its own.
Result<BlockIndex, Rejection> kept_block(ParticipantState& self, const Block& block) {
    const auto parent = self.archive.blocks().find(block.header.previous);
    if (!parent || !self.chain.has_header(*parent)) return unexpected{unknown_parent(block.header)};
    if (auto fault = self.chain.fault(*parent))
        return unexpected{invalid_parent(block.header.previous)};
    if (!self.chain.is_connected(*parent)) return unexpected{unknown_parent(block.header)};
    if (auto header = self.archive.add_valid_header(block.header); !header) return header;
    return self.archive.add_block(block);
}

/// Why it is not taken, if it is not.
std::optional<Rejection> take(Turn& turn, const Block& block) {
    const auto kept = kept_block(turn.self, block);
    return kept ? take_own_block(turn, *kept) : kept.error();
}

}  // namespace

void submit_block(Turn& turn, const Block& block) {
    const BlockHash hash = block_hash(block.header);
    const auto known = turn.self.archive.blocks().find(hash);
    const bool is_here = known && turn.self.chain.has_body(*known);
    const auto rejection = is_here ? turn.self.chain.fault(*known) : take(turn, block);
    if (is_here || rejection) {
        turn.effects.notice(
            SubmissionRefused{.block = hash, .rejection = rejection ? &*rejection : nullptr});
    }
}

}  // namespace bezant
