// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "node/participant.hpp"
#include "sim/checkers/delivery_check.hpp"
#include "sim/checkers/ledger_audit.hpp"

namespace bezant::sim {

/// Watches honest participants from outside, at every step that changes something of theirs, and
/// keeps the first promise that it sees broken. What is a fact about a block is checked once,
/// whoever takes it; what is a participant's own is checked for each, the costly part of it at some
/// of its steps only (the constants below), and at the end.
class Checkers {
public:
    static constexpr std::uint64_t wallet_check_interval = 16;  ///< moves of tips
    static constexpr std::uint64_t pool_check_interval = 64;    ///< moves of tips

    Checkers(const Archive& archive, SignatureVerifier& signatures, std::uint32_t participants)
        : archive_(archive), audit_(archive, signatures), delivery_(archive, participants) {
        audited_.insert(genesis_index.value);
    }

    void came_to_life(ParticipantId who, std::span<const BlockIndex> stored) {
        delivery_.came_to_life(who, stored);
    }
    void arriving(ParticipantId who, const Message& message) { delivery_.arriving(who, message); }
    /// Looks at what was said, and remembers what to look at when the event is over.
    void noticed(ParticipantId who, const Notice& notice);
    /// The event is over: the participant may be asked.
    void handled(ParticipantId who, const Participant& participant);
    /// The run is over: everything once more.
    void finished(ParticipantId who, const Participant& participant);

    /// Everyone builds on this block: what is below it will be forgotten.
    void settle(BlockIndex block);

    [[nodiscard]] const CheckResult& failure() const { return failure_; }
    [[nodiscard]] std::uint64_t steps() const { return steps_; }
    [[nodiscard]] LedgerAudit& audit() { return audit_; }

private:
    void tip_moved(ParticipantId who, const TipChange& change);
    void check_after_move(ParticipantId who, const Participant& participant);
    void keep(ParticipantId who, CheckResult result);

    const Archive& archive_;
    LedgerAudit audit_;
    IndexSet audited_;  ///< blocks
    DeliveryCheck delivery_;
    std::optional<BlockIndex> moved_to_;      ///< in the present event
    std::vector<TransactionIndex> accepted_;  ///< in the present event
    std::uint64_t moves_ = 0;
    std::uint64_t steps_ = 0;
    CheckResult failure_;
};

}  // namespace bezant::sim
