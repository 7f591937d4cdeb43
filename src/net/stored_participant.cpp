// SPDX-License-Identifier: Apache-2.0
#include "net/stored_participant.hpp"

#include <utility>

#include "base/check.hpp"
#include "node/forwarding_effects.hpp"

namespace bezant::net {

namespace {

/// So much of what is found out while catching up may wait for its write.
constexpr std::size_t unsynced_bytes_max = 8'000'000;
constexpr std::size_t unsynced_blocks_max = 1'000;

/// A question tells nothing of what was found out, and so need not wait until that is on the disk.
bool is_question(const Message& message) {
    return std::holds_alternative<GetData>(message) ||
           std::holds_alternative<GetHeaders>(message) || std::holds_alternative<Ping>(message);
}

/// Notes whether more is said than questions.
class Listening final : public ForwardingEffects {
public:
    Listening(Effects& target, bool& says_more)
        : ForwardingEffects(target), says_more_(says_more) {}

    void send(PeerId peer, Message message) override {
        says_more_ = says_more_ || !is_question(message);
        target().send(peer, std::move(message));
    }

private:
    bool& says_more_;
};

}  // namespace

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
                .signatures_max = start.signatures_max,
                .checks = start.checks}),
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
    says_more_ = false;
    Listening listening{effects, says_more_};
    participant_->handle(event, now, listening);
    if (std::holds_alternative<MessageArrived>(event) && is_unsynced() && may_go_on_unsynced())
        return;
    settle();
    participant_->forget_buried();
}

bool StoredParticipant::is_unsynced() const {
    return unsynced_blocks_ != 0 || archive_.stored_tip() != participant_->chain().tip();
}

/// Others learn nothing from a question, and a crash takes back what only we know: the blocks are
/// fetched again.
bool StoredParticipant::may_go_on_unsynced() const {
    const LocalChain& chain = participant_->chain();
    return !says_more_ && chain.tip() != chain.best_header() &&
           unsynced_bytes_ < unsynced_bytes_max && unsynced_blocks_ < unsynced_blocks_max;
}

void StoredParticipant::settle() {
    if (is_unsynced() && !storage_.sync(participant_->chain().tip()))
        ledger_->database().fail_to_write();
    unsynced_bytes_ = 0;
    unsynced_blocks_ = 0;
    if (settled_) settled_();
}

void StoredParticipant::store(BlockIndex block) {
    CHECK(storage_.append(block), "what is appended is written at the next sync");
    ++unsynced_blocks_;
    unsynced_bytes_ += archive_.body_bytes(block);
}

}  // namespace bezant::net
