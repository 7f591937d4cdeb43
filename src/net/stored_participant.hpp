// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "base/result.hpp"
#include "chain/archive.hpp"
#include "net/start_error.hpp"
#include "node/participant.hpp"
#include "rules/signature_verifier.hpp"
#include "storage/ledger_storage.hpp"
#include "storage/stored_ledger.hpp"

namespace bezant::net {

/// What a life begins with, beside the network and what lies on the disk.
struct LifeStart {
    std::unique_ptr<const Signer> signer;
    ParticipantOptions options{};
    std::uint64_t seed = 0;  ///< of all that it draws
    std::uint64_t archive_secret = 0;
    /// Verdicts on signatures that are remembered, 40 bytes each; the life is the same with any.
    std::size_t signatures_max = 200'000;
    /// Who looks at a block's payments beforehand; must outlive it. The life is the same with any.
    PaymentChecks* checks = nullptr;
    RememberedPeers peers;
};

/// A participant with all that it stands on: its archive, and the store behind it. From the same
/// start and store, the same events and facts in the same order make the same life, whether they
/// come from the world (net/driver.hpp) or from a record (net/record/replay.hpp).
class StoredParticipant {
public:
    /// Recalls what is stored, which may take some time where it is much.
    [[nodiscard]] static Result<std::unique_ptr<StoredParticipant>, StartError> open(
        std::unique_ptr<storage::StoredLedger> ledger, const Parameters& parameters,
        LifeStart start);

    /// One event. When it returns, what was found out is on the disk; but after a message while the
    /// participant is behind, and has said nothing but questions since the last write, several
    /// blocks go together.
    void handle(const Event& event, Time now, Effects& effects);

    /// Whether something was found out that is not on the disk.
    [[nodiscard]] bool is_unsynced() const;
    /// Puts it there. When that is done is a part of the life.
    void settle();
    /// Called whenever all is on the disk, and before anything is forgotten.
    void when_settled(std::function<void()> settled) { settled_ = std::move(settled); }
    /// What the participant asks for by Effects::store.
    void store(BlockIndex block);

    [[nodiscard]] const Participant& participant() const { return *participant_; }
    [[nodiscard]] const Archive& archive() const { return archive_; }
    [[nodiscard]] storage::StoredLedger& ledger() { return *ledger_; }
    [[nodiscard]] storage::LedgerStorage& storage() { return storage_; }

    /// For whoever brings in facts between two events: what the archive has is a part of the life.
    [[nodiscard]] Archive& facts() { return archive_; }

private:
    StoredParticipant(std::unique_ptr<storage::StoredLedger> ledger, const Parameters& parameters,
                      const LifeStart& start);
    [[nodiscard]] Result<void, StartError> recall(LifeStart start);
    [[nodiscard]] bool may_go_on_unsynced() const;

    DirectVerifier verifier_;
    std::unique_ptr<storage::StoredLedger> ledger_;
    Archive archive_;
    storage::LedgerStorage storage_;
    std::optional<Participant> participant_;

    // What was found out and is not on the disk yet.
    std::size_t unsynced_bytes_ = 0;
    std::size_t unsynced_blocks_ = 0;
    bool says_more_ = false;  ///< something was sent that is no question
    std::function<void()> settled_;
};

}  // namespace bezant::net
