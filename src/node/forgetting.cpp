// SPDX-License-Identifier: Apache-2.0
#include "node/forgetting.hpp"

#include <algorithm>

#include "node/limits.hpp"
#include "node/participant_state.hpp"

namespace bezant {

namespace {

void hold_for(const Peer& peer, HeldFacts& held) {
    held.hold_all(peer.blocks_asked.all());
    held.hold_all(peer.payments_asked.all());
    held.hold_all(peer.payments_waiting);
    if (!peer.partial) return;
    held.hold(peer.partial->block());
    for (const BodyPart& part : peer.partial->parts())
        if (const auto* payment = std::get_if<TransactionIndex>(&part)) held.hold(*payment);
}

}  // namespace

void hold_waiting_facts(const ParticipantState& self, HeldFacts& held) {
    // What is relayed is in the pool.
    self.pool.hold_facts(held);
    held.hold_all(self.orphans.payments());
    self.payment_requests.hold_facts(held);
    held.hold_all(self.refused.payments());
    for (const Peer& peer : self.peers.all()) hold_for(peer, held);
}

HeldFacts facts_held(const ParticipantState& self) {
    HeldFacts held;
    hold_waiting_facts(self, held);
    self.wallet.hold_facts(held);
    return held;
}

void forget_buried(ParticipantState& self) {
    Archive& archive = self.archive;
    const std::size_t enough = std::max(self.forget_at, self.options.transactions_in_memory_min);
    if (archive.transactions().known_count() < enough) return;
    const std::uint32_t top = archive.blocks()[archive.stored_tip()].height.value;
    const Height buried{top - std::min(top, blocks_in_memory_min)};
    archive.forget_buried(buried, facts_held(self));
    self.forget_at = 2 * archive.transactions().known_count();
}

}  // namespace bezant
