// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/tamper.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

constexpr std::uint32_t depth_min = 2;         ///< blocks on the altered one
constexpr std::uint32_t more_rounds_max = 20;  ///< if there is no buried payment yet
constexpr Duration rejoins_after = milliseconds(10);

/// Whom the attacker can offer his ledger to: the victim if they are neighbours, or else the
/// neighbour with the fewest links, whose absence matters least.
std::optional<ParticipantId> newcomer_of(const AttackSettings& attack, const Graph& graph) {
    const auto neighbours = graph.neighbours(attack.attacker);
    if (attack.victim && graph.has_edge(attack.attacker, *attack.victim)) return attack.victim;
    const auto fewest = std::ranges::min_element(
        neighbours, {}, [&](NodeIndex neighbour) { return graph.degree(neighbour); });
    return fewest == neighbours.end() ? std::nullopt : std::optional{*fewest};
}

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
    if (seat.id == newcomer_ && is_rejoining_) seat.stored = {};
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
    const Fault crash{.kind = FaultKind::crash,
                      .at = {},
                      .participants = {*newcomer_},
                      .neighbour = {},
                      .skew = {}};
    is_rejoining_ = true;
    control.inflict(crash);
    isolate_newcomer(control);
    Fault restart = crash;
    restart.kind = FaultKind::restart;
    restart.at = rejoins_after;
    control.inflict(restart);
    story_.tell(
        control.world().elapsed(),
        fmt::format("the ledger has {}; {} begins anew with an empty disk, and knows only "
                    "{}, who alters the last payment of block {}",
                    counted(archive.blocks()[true_tip_].height.value, "block"), called(*newcomer_),
                    called(settings_.attacker), archive.blocks()[buried_->block].height.value));
    woken(control, 0);
}

void Tamper::isolate_newcomer(AttackControl& control) const {
    for (const NodeIndex neighbour : control.world().graph().neighbours(*newcomer_)) {
        if (neighbour == settings_.attacker) continue;
        control.inflict({.kind = FaultKind::disconnect,
                         .at = {},
                         .participants = {*newcomer_},
                         .neighbour = neighbour,
                         .skew = {}});
    }
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
    lie_ = lie_of(control, version.block);
    call_again(control, settings_.attacker, *newcomer_, rejoins_after);
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

/// All headers up to the altered block. What is before it is true, and sent as it is.
Lie Tamper::lie_of(AttackControl& control, const Block& altered) const {
    Archive& archive = control.archive();
    const BlockTree& blocks = archive.blocks();
    const bool same_header = altered.header == blocks[buried_->block].header;
    const auto added = same_header ? buried_->block : archive.add_block(altered);
    CHECK(added, "an altered block whose merkle root fits is on a known parent");
    Headers headers;
    for (Height at{1}; at < blocks[buried_->block].height; at = next(at))
        headers.headers.push_back(blocks.ancestor(true_tip_, at));
    headers.headers.push_back(*added);
    const Message goods = same_header ? message_of(archive, buried_->block, altered)
                                      : Message{BlockMessage{.block = *added}};
    return {.announcement = std::move(headers),
            .block = *added,
            .goods = goods,
            .is_for_newcomers = true};
}

void Tamper::tell_truth(AttackControl& control) {
    lie_.reset();
    done_ = true;
    story_.tell(control.world().elapsed(),
                fmt::format("{} is connected to the others, and {} tells the truth",
                            called(*newcomer_), called(settings_.attacker)));
    call_again(control, settings_.attacker, *newcomer_, rejoins_after);
    for (const NodeIndex neighbour : control.world().graph().neighbours(*newcomer_)) {
        if (neighbour == settings_.attacker) continue;
        call_again(control, *newcomer_, neighbour, rejoins_after);
    }
}

void Tamper::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    if (!is_rejoining_ || who != newcomer_ || caught_up_at_) return;
    const Duration at = control.world().elapsed();
    const Archive& archive = control.world().archive();
    const BlockTree& blocks = archive.blocks();
    if (const auto* refused = std::get_if<BlockRefused>(&notice)) {
        const Height height = blocks[refused->block].height;
        if (archive.parameters().proof_of_work == ProofOfWork::sampled)
            found(to_text(refused->rejection.reason), height);
        story_.tell(at, fmt::format("{} refuses block {}: {}", called(who), height.value,
                                    shortened(to_text(refused->rejection))));
    }
    if (const auto* dropped = std::get_if<PeerDropped>(&notice))
        story_.tell(at, fmt::format("{} drops the tamperer for {}", called(who), why(*dropped)));
    if (const auto* moved = std::get_if<TipMoved>(&notice))
        newcomer_moved(at, blocks, moved->change.to);
}

/// What is wrong with bytes that could not be read is in the message that was made of them.
std::string Tamper::why(const PeerDropped& dropped) const {
    const auto* malformed = lie_ ? std::get_if<Malformed>(&lie_->goods) : nullptr;
    const bool is_unread =
        malformed != nullptr && dropped.misconduct == Misconduct::malformed_message;
    return std::string{to_text(dropped.misconduct)} +
           (is_unread ? fmt::format(": {}", malformed->fault) : "");
}

void Tamper::newcomer_moved(Duration at, const BlockTree& blocks, BlockIndex tip) {
    if (blocks.is_ancestor(true_tip_, tip)) {
        caught_up_at_ = at;
        story_.tell(at, fmt::format("{} has the true ledger, {}", called(*newcomer_),
                                    counted(blocks[tip].height.value, "block")));
    } else if (lie_ && lie_->block == tip) {
        story_.tell(at, fmt::format("{} takes block {}, which breaks no rule by itself; but nobody "
                                    "has worked on it",
                                    called(*newcomer_), blocks[tip].height.value));
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
    const Participant* newcomer = world.participant(*newcomer_);
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
