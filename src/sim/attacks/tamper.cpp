// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/tamper.hpp"

#include <fmt/format.h>

#include "base/check.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

constexpr std::uint32_t depth_min = 2;         ///< blocks on the altered one
constexpr std::uint32_t more_rounds_max = 20;  ///< if there is no buried payment yet

}  // namespace

void Tamper::prepare(Scenario& scenario, Graph& graph) {
    newcomer_ = newcomer_of(settings_, graph);
    done_ = !newcomer_;
    scenario.workload.kind = WorkloadKind::rounds;
    rounds_ = scenario.workload.rounds;
    // The greeting, headers, the request for a body and the body cross the link one by one.
    constexpr std::int64_t crossings = 6;
    pace_ = milliseconds(50) + (scenario.link.latency_max + scenario.link.jitter) * crossings;
}

std::unique_ptr<Actor> Tamper::take(Seat& seat, AttackControl& /*control*/) {
    if (seat.id == settings_.attacker) return std::make_unique<Deceiver>(seat, lie_);
    if (newcomer_) newcomer_->take(seat);
    return nullptr;
}

void Tamper::round_started(AttackControl& control, std::uint32_t round) {
    if (round <= rounds_ || buried_ || done_) return;
    true_tip_ = control.world().common_tip();
    buried_ = find_buried(control.world().archive(), true_tip_, depth_min);
    if (buried_) start_telling(control);
    done_ = !buried_ && round > rounds_ + more_rounds_max;
}

void Tamper::start_telling(AttackControl& control) {
    const Archive& archive = control.world().archive();
    versions_ = alter(archive, *buried_, control.key_of(settings_.attacker));
    newcomer_->begin_anew(control);
    story_.tell(control.world().elapsed(),
                fmt::format("the ledger has {}; {} begins anew with an empty disk, and knows only "
                            "{}, who alters the last payment of block {}",
                            counted(archive.blocks()[true_tip_].height.value, "block"),
                            called(newcomer_->self()), called(settings_.attacker),
                            archive.blocks()[buried_->block].height.value));
    woken(control, 0);
}

void Tamper::woken(AttackControl& control, std::uint64_t tag) {
    if (tag == versions_.size()) return tell_truth(control);
    offer(control, versions_.at(tag));
    control.wake(tag + 1, pace_);
}

void Tamper::offer(AttackControl& control, const AlteredBlock& version) {
    story_.tell(control.world().elapsed(),
                fmt::format("{} offers: {}", called(settings_.attacker), version.what));
    verify_file(control, version);
    lie_ = lie_of(control.archive(), true_tip_, buried_->block, version.block);
    newcomer_->hear_again(control);
}

void Tamper::found(std::string_view check, Height height) {
    checks_ += fmt::format("{}{} at block {}", checks_.empty() ? "" : ", ", check, height.value);
}

// A file shows its work, so there are none where work is sampled.
void Tamper::verify_file(const AttackControl& control, const AlteredBlock& version) {
    const Archive& archive = control.world().archive();
    if (archive.parameters().proof_of_work == ProofOfWork::sampled) return;
    const Height height = archive.blocks()[buried_->block].height;
    const auto verdict = verify_with(archive, true_tip_, height, version.block);
    const Duration at = control.world().elapsed();
    if (verdict) return story_.tell(at, "as a file, the ledger verifies");
    const LedgerFault& fault = verdict.error();
    CHECK(fault.height, "the file's frame is sound: only a block can be at fault");
    found(fault.check, *fault.height);
    story_.tell(at, fmt::format("as a file, it fails at block {}: {}", fault.height->value,
                                shortened(fault.detail)));
}

void Tamper::tell_truth(AttackControl& control) {
    lie_.reset();
    done_ = true;
    story_.tell(control.world().elapsed(),
                fmt::format("{} is connected to the others, and {} tells the truth",
                            called(newcomer_->self()), called(settings_.attacker)));
    newcomer_->meet_everyone(control);
}

void Tamper::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    if (!newcomer_ || !newcomer_->has_begun() || who != newcomer_->self() || caught_up_at_) return;
    const Duration at = control.world().elapsed();
    const Archive& archive = control.world().archive();
    const BlockTree& blocks = archive.blocks();
    if (const auto* refused = std::get_if<BlockRefused>(&notice);
        refused != nullptr && archive.parameters().proof_of_work == ProofOfWork::sampled)
        found(to_text(refused->rejection.reason), blocks[refused->block].height);
    if (const auto sentence = newcomer_->refusal_in_words(notice, blocks, lie_))
        story_.tell(at, *sentence);
    if (const auto* moved = std::get_if<TipMoved>(&notice))
        newcomer_moved(at, blocks, moved->change.to);
}

void Tamper::newcomer_moved(Duration at, const BlockTree& blocks, BlockIndex tip) {
    if (blocks.is_ancestor(true_tip_, tip)) {
        caught_up_at_ = at;
        story_.tell(at, fmt::format("{} has the true ledger, {}", called(newcomer_->self()),
                                    counted(blocks[tip].height.value, "block")));
    } else if (lie_ && lie_->block == tip) {
        story_.tell(at, fmt::format("{} takes block {}, which breaks no rule by itself; but nobody "
                                    "has worked on it",
                                    called(newcomer_->self()), blocks[tip].height.value));
    }
}

AttackOutcome Tamper::outcome(const World& world) const {
    AttackOutcome outcome{.name = "tamper",
                          .succeeded = false,
                          .detail = {},
                          .story = story_.steps(),
                          .theory_odds = {}};
    if (!buried_) {
        outcome.detail = newcomer_ ? "No payment was ever buried under other blocks."
                                   : "The attacker has no neighbour to offer a ledger to.";
        return outcome;
    }
    const BlockTree& blocks = world.archive().blocks();
    const Participant* newcomer = world.participant(newcomer_->self());
    outcome.succeeded =
        newcomer == nullptr || !blocks.is_ancestor(buried_->block, newcomer->chain().tip());
    outcome.detail = fmt::format(
        "Block {} was altered in {} ways, each hidden better than the one before, and given away: "
        "{}. The newcomer {}.",
        blocks[buried_->block].height.value, versions_.size(), checks_,
        caught_up_at_ ? fmt::format("has the true ledger since {}", seconds_text(*caught_up_at_))
                      : "never got the true ledger");
    return outcome;
}

}  // namespace bezant::sim
