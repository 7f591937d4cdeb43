// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/forge.hpp"

#include <fmt/format.h>

#include "sim/attacks/crafted_payment.hpp"
#include "sim/attacks/forged_payment.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

constexpr Duration first_try = milliseconds(1'200);
constexpr Duration calls_again_after = seconds(1);

}  // namespace

// From the announcement to the word that the caller was dropped, four messages cross the link.
void Forge::prepare(Scenario& scenario, Graph& graph) {
    victim_ = victim_of(settings_, graph);
    constexpr std::int64_t crossings = 8;
    pace_ = calls_again_after + seconds(1) +
            (scenario.link.latency_max + scenario.link.jitter) * crossings;
}

std::unique_ptr<Actor> Forge::take(Seat& seat, AttackControl& /*control*/) {
    if (seat.id != settings_.attacker) return nullptr;
    return std::make_unique<Deceiver>(seat, lie_);
}

void Forge::begun(AttackControl& control) { control.wake(0, first_try); }

void Forge::woken(AttackControl& control, std::uint64_t tag) {
    tell_of_last(control.world().elapsed());
    lie_.reset();
    done_ = tag == forgeries().size();
    if (done_) return;
    offer(control, forgeries()[tag]);
    control.wake(tag + 1, pace_);
}

void Forge::offer(AttackControl& control, const Forgery& forgery) {
    const World& world = control.world();
    const Participant* robbed = world.participant(victim_);
    if (robbed == nullptr) return;
    const auto forged = forge(forgery, world.archive(), world.common_tip(),
                              control.key_of(settings_.attacker), robbed->public_key());
    if (!forged) return;
    const TransactionIndex payment = control.archive().add_transaction(*forged);
    attempts_.push_back({.payment = payment, .dropped_by = {}, .reason = {}});
    lie_ = Lie{.announcement = Inventory{.payments = {payment}},
               .payment = payment,
               .goods = PaymentMessage{.payment = payment}};
    control.poke(settings_.attacker, 0, {});
    story_.tell(world.elapsed(),
                fmt::format("{} offers {}", called(settings_.attacker), forgery.what));
}

void Forge::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    if (attempts_.empty() || who == settings_.attacker) return;
    Attempt& attempt = attempts_.back();
    if (const auto* refusal = std::get_if<PaymentRefused>(&notice);
        refusal != nullptr && refusal->payment == attempt.payment)
        refused(control.world().elapsed(), who, refusal->refusal);
    // What cannot even be read is refused without a word; its sender is dropped all the same.
    if (const auto* dropped = std::get_if<PeerDropped>(&notice);
        dropped != nullptr && dropped->misconduct != Misconduct::silent) {
        attempt.dropped_by.push_back(who);
        if (attempt.reason.empty()) attempt.reason = to_text(dropped->misconduct);
        call_again(control, settings_.attacker, who, calls_again_after);
    }
}

void Forge::refused(Duration at, ParticipantId who, const Refusal& refusal) {
    Attempt& attempt = attempts_.back();
    if (!attempt.reason.empty()) return;
    attempt.reason = to_text(refusal);
    const auto* invalid = std::get_if<Invalid>(&refusal);
    const std::string why = invalid != nullptr ? to_text(invalid->rejection) : attempt.reason;
    story_.tell(at, fmt::format("{} refuses it: {}", called(who), shortened(why)));
}

void Forge::tell_of_last(Duration at) {
    if (!lie_ || attempts_.back().dropped_by.empty()) return;
    story_.tell(at,
                fmt::format("dropped for it by {}; calls again a second later, under another name",
                            called(attempts_.back().dropped_by)));
}

AttackOutcome Forge::outcome(const World& world) const {
    AttackOutcome outcome{.name = "forge",
                          .succeeded = false,
                          .detail = {},
                          .story = story_.steps(),
                          .theory_odds = {}};
    std::string reasons;
    std::size_t drops = 0;
    for (const Attempt& attempt : attempts_) {
        outcome.succeeded |= is_confirmed(world.archive(), attempt.payment, world.common_tip());
        if (!attempt.reason.empty()) reasons += (reasons.empty() ? "" : ", ") + attempt.reason;
        drops += attempt.dropped_by.size();
    }
    if (attempts_.empty()) {
        outcome.detail = "There was no coin to forge a payment of.";
    } else if (outcome.succeeded) {
        outcome.detail = "A forged payment is confirmed.";
    } else {
        outcome.detail = fmt::format(
            "None of {} went farther than the forger's neighbours, and nobody lost or won "
            "anything. Refused for: {}. Neighbours dropped the forger {}.",
            counted(attempts_.size(), "forged payment"), reasons.empty() ? "nothing" : reasons,
            counted(drops, "time"));
    }
    return outcome;
}

}  // namespace bezant::sim
