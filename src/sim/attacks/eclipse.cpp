// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/eclipse.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/attacks/roles.hpp"
#include "sim/engine.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

enum EclipseMoment : std::uint64_t {
    to_call,
    to_restart,
    to_read_book,
    to_hold,
    to_count,
    to_leave
};

constexpr std::uint32_t aliases_max = 512;
constexpr std::size_t calls_at_first = 16;
/// When the others know each other.
constexpr Duration first_call = seconds(900);
/// In that time a neighbour may tell of as many addresses as he does (address_credit_each).
constexpr Duration between_calls = address_credit_each * 11;
constexpr Duration until_restart = seconds(14'400);
constexpr Duration down_time = seconds(60);
/// More than a call may take.
constexpr Duration between_holds = call_time_max + seconds(1);
constexpr Duration until_look = seconds(300);
constexpr Duration until_end = seconds(3'600);

Fault fault_of(FaultKind kind, ParticipantId who, Duration at) {
    return {.kind = kind, .at = at, .participants = {who}, .neighbour = {}, .skew = {}};
}

}  // namespace

void Eclipse::prepare(Scenario& scenario, Graph& graph) {
    victim_ = victim_of(settings_, graph);
    inbound_slots_ = scenario.participant.inbound_slots;
    anchors_max_ = scenario.discovery.anchors;
    result_.limits = scenario.participant.address_book;
    result_.slots = scenario.participant.outbound_slots;
    result_.groups = settings_.groups;
    make_stream(scenario.workload, 1);
}

std::unique_ptr<Actor> Eclipse::take(Seat& seat, AttackControl& /*control*/) {
    if (seat.id != settings_.attacker) return nullptr;
    return std::make_unique<Impostor>(seat, plan_);
}

void Eclipse::begun(AttackControl& control) {
    const World& world = control.world();
    const NetworkAddress home = world.address_of(settings_.attacker);
    plan_.aliases = aliases_of(home, std::max(aliases_max, settings_.groups), settings_.groups);
    for (const NetworkAddress& alias : plan_.aliases) control.claim(settings_.attacker, alias);
    his_ = {plan_.aliases.begin(), plan_.aliases.end()};
    his_.insert(home);
    plan_.victim = world.address_of(victim_);
    control.wake(to_call, first_call);
    control.wake(to_restart, first_call + until_restart);
}

void Eclipse::woken(AttackControl& control, std::uint64_t tag) {
    switch (tag) {
        case to_call:
            return call(control);
        case to_restart:
            return restart(control);
        case to_read_book:
            return look_into_book(control);
        case to_hold:
            if (is_over_) return;
            control.poke(settings_.attacker, to_hold, {});
            return control.wake(to_hold, between_holds);
        case to_count:
            return look_at_slots(control);
        default:
            return end(control);
    }
}

void Eclipse::call(AttackControl& control) {
    if (plan_.shown || is_over_) return;
    if (!plan_.tells) {
        result_.before = hold_of(control.world(), victim_, settings_.attacker);
        plan_.calls = calls_at_first;
        plan_.tells = true;
        story_.tell(control.world().elapsed(),
                    fmt::format("{} calls {} from addresses in {}, and tells it of {} addresses "
                                "that are all his",
                                called(settings_.attacker), called(victim_),
                                counted(settings_.groups, "network group"), plan_.aliases.size()));
    }
    control.poke(settings_.attacker, to_call, {});
    control.wake(to_call, between_calls);
}

void Eclipse::restart(AttackControl& control) {
    const World& world = control.world();
    const Participant* victim = world.participant(victim_);
    is_over_ = victim == nullptr;
    if (is_over_) return;
    for (const NetworkAddress& anchor : victim->anchors()) {
        if (result_.anchors + result_.anchors_his == anchors_max_) break;
        ++(his_.contains(anchor) ? result_.anchors_his : result_.anchors);
    }
    plan_.shown = victim->chain().height();
    plan_.tells = false;
    plan_.calls = inbound_slots_;
    control.inflict(fault_of(FaultKind::crash, victim_, {}));
    control.inflict(fault_of(FaultKind::restart, victim_, down_time));
    control.wake(to_read_book, down_time + milliseconds(1));
    control.wake(to_hold, down_time + milliseconds(1));
    control.wake(to_count, down_time + until_look);
    control.wake(to_leave, until_end);
    story_.tell(world.elapsed(),
                fmt::format("{} goes down for {}", called(victim_), seconds_text(down_time)));
}

/// What its disk has kept decides whom the victim calls.
void Eclipse::look_into_book(AttackControl& control) {
    const World& world = control.world();
    const Participant* victim = world.participant(victim_);
    if (victim == nullptr) return;
    result_.book =
        share_of_book(victim->addresses(), result_.limits, his_, world.now(), control.random());
    story_.tell(
        world.elapsed(),
        fmt::format("it comes back with an address book of {} entries; of what it draws from "
                    "that to call, {:.1f} % is the attacker's",
                    result_.book.addresses, 100 * result_.book.draws));
}

void Eclipse::look_at_slots(AttackControl& control) {
    const Hold& hold = result_.after = hold_of(control.world(), victim_, settings_.attacker);
    story_.tell(control.world().elapsed(),
                fmt::format("{:.0f} % of the connections that it has made lead to the attacker, "
                            "and {:.0f} % of those that others made",
                            100 * hold.outbound, 100 * hold.inbound));
}

/// He leaves, and the victim's user asks somebody.
void Eclipse::end(AttackControl& control) {
    const World& world = control.world();
    is_over_ = true;
    result_.blocks_missed = blocks_missed_by(world, victim_);
    control.inflict(fault_of(FaultKind::crash, settings_.attacker, {}));
    std::vector<NetworkAddress> others;
    for (ParticipantId who = 0; who < world.size(); ++who)
        if (who != victim_ && who != settings_.attacker) others.push_back(world.address_of(who));
    control.introduce(victim_, std::move(others));
    story_.tell(world.elapsed(),
                fmt::format("the attacker leaves; {} is {} behind the others", called(victim_),
                            counted(result_.blocks_missed, "block")));
}

AttackOutcome Eclipse::outcome(const World& /*world*/) const {
    return {.name = "eclipse",
            .succeeded = result_.has_succeeded(),
            .detail = result_.detail(),
            .story = story_.steps(),
            .theory_odds = result_.odds(),
            .figures = result_.figures()};
}

}  // namespace bezant::sim
