// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "base/uint256.hpp"
#include "chain/fact_index.hpp"
#include "ledger/block.hpp"
#include "node/peer.hpp"

namespace bezant {

class Turn;
struct ParticipantState;

// Which headers are kept. Nobody shall fill our memory with headers that cost him little, and the
// work of a header is that of its whole chain: branches off old blocks, when targets were easy, are
// cheap. So a header that is new is kept only on a chain with nearly as much work as ours. Shorter
// ones are of no use to us; longer ones show their work before they are kept
// (node/header_presync.hpp).

/// The work that a chain must show: that of the tip less what depth_kept_max blocks like the tip
/// have, and at least what the options ask for.
[[nodiscard]] Uint256 least_work(const ParticipantState& self);

/// Headers came, each the child of the one before; at least one.
void headers_came(Turn& turn, Peer& peer, std::span<const BlockIndex> headers);
/// The same for headers of which the archive may lack some.
void headers_came(Turn& turn, Peer& peer, std::span<const BlockHeader> headers);

/// A header came with its block. Nothing if it is not kept; then it is dealt with. Which of the
/// two is a question of the archive alone, as above.
[[nodiscard]] bool keep_header(Turn& turn, Peer& peer, BlockIndex block);
[[nodiscard]] std::optional<BlockIndex> keep_header(Turn& turn, Peer& peer,
                                                    const BlockHeader& header);

}  // namespace bezant
