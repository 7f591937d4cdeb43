// SPDX-License-Identifier: Apache-2.0
#include "net/stored_participant.hpp"

#include <utility>

#include "base/check.hpp"

namespace bezant::net {

Result<std::unique_ptr<StoredParticipant>, StartError> StoredParticipant::open(
    std::unique_ptr<storage::StoredLedger> ledger, const Parameters& parameters, LifeStart start) {
    std::unique_ptr<StoredParticipant> life{
        new StoredParticipant{std::move(ledger), parameters, start}};
    if (auto recalled = life->recall(std::move(start)); !recalled)
        return unexpected{recalled.error()};
    return life;
}

StoredParticipant::StoredParticipant(std::unique_ptr<storage::StoredLedger> ledger,
                                     const Parameters& parameters, const LifeStart& start)
    : ledger_(std::move(ledger)),
      archive_(parameters, verifier_,
               {.stored = ledger_.get(),
                .secret = start.archive_secret,
                .signatures_max = start.signatures_max}),
      storage_(*ledger_, archive_) {}

Result<void, StartError> StoredParticipant::recall(LifeStart start) {
    const auto stored = storage_.load();
    if (!stored) {
        const auto error =
            storage::open_error(storage::OpenFault::damaged, ledger_->database().folder(),
                                "lacks a block that others are built on: move it away and let the "
                                "node fetch the ledger again");
        return unexpected{StartError{.what = error.text, .advice = {}}};
    }
    participant_.emplace(archive_, std::move(start.signer), start.options, Random{start.seed},
                         *stored, std::move(start.peers));
    return {};
}

void StoredParticipant::handle(const Event& event, Time now, Effects& effects) {
    participant_->handle(event, now, effects);
    if (!storage_.sync(participant_->chain().tip())) ledger_->database().fail_to_write();
    participant_->forget_buried();
}

void StoredParticipant::store(BlockIndex block) {
    CHECK(storage_.append(block), "what is appended is written at the end of the event");
}

}  // namespace bezant::net
