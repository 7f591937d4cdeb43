// SPDX-License-Identifier: Apache-2.0
#include "sim/faults.hpp"

#include <fmt/format.h>

#include <array>

#include "sim/wording.hpp"

namespace bezant::sim {

void Faults::schedule(const Fault& fault, Time since) {
    engine_.schedule_for_world(since + fault.at, EventKind::fault, faults_.size());
    faults_.push_back(fault);
}

void Faults::strike(std::uint64_t number) {
    ++struck_;
    inflict(Fault{faults_[number]});
}

void Faults::inflict(const Fault& fault) {
    switch (fault.kind) {
        case FaultKind::partition:
            return partition(fault);
        case FaultKind::heal:
            engine_.heal();
            return report_("the partition is healed");
        case FaultKind::crash:
            for (const ParticipantId who : fault.participants) crash(who);
            return;
        case FaultKind::restart:
            for (const ParticipantId who : fault.participants) restart(who);
            return;
        case FaultKind::disconnect:
            return set_link(fault, true);
        case FaultKind::reconnect:
            return set_link(fault, false);
        case FaultKind::clock_skew:
            for (const ParticipantId who : fault.participants) skew_clock(who, fault.skew);
            return;
        case FaultKind::leave:
            for (const ParticipantId who : fault.participants) leave(who);
            return;
    }
}

void Faults::mend_all(bool clocks) {
    engine_.mend_all_links();
    engine_.heal();
    for (ParticipantId who = 0; who < engine_.size(); ++who) {
        if (clocks) engine_.set_skew(who, Duration{});
        if (!engine_.is_running(who)) engine_.start(who);
    }
    report_("everything is mended: all run, and all links carry");
}

void Faults::crash(ParticipantId who) {
    if (!engine_.is_running(who)) return;
    engine_.crash(who);
    report_(fmt::format("{} crashes", called(who)));
}

void Faults::leave(ParticipantId who) {
    if (!engine_.is_running(who)) return;
    engine_.leave(who);
    report_(fmt::format("{} leaves", called(who)));
}

void Faults::restart(ParticipantId who) {
    if (engine_.is_running(who)) return;
    engine_.start(who);
    report_(fmt::format("{} starts", called(who)));
}

void Faults::partition(const Fault& fault) {
    std::vector<bool> side(engine_.size());
    for (const ParticipantId who : fault.participants) side[who] = true;
    engine_.partition(side);
    report_(fmt::format("a partition cuts {} off from the others", called(fault.participants)));
}

void Faults::set_link(const Fault& fault, bool cut) {
    const ParticipantId one = fault.participants.front();
    const ParticipantId other = fault.neighbour.value_or(one);
    const Edge pair = edge_of(one, other);
    const std::string link = fmt::format("the link of {}", called(std::array{one, other}));
    if (!engine_.has_discovery() && !graph_.find(pair)) return report_(link + " is not there");
    engine_.set_cut(pair, cut);
    report_(link + (cut ? " is cut" : " carries again"));
}

void Faults::skew_clock(ParticipantId who, Duration skew) {
    engine_.set_skew(who, skew);
    report_(fmt::format("the clock of {} is {} ms {}", called(who),
                        (skew < Duration{} ? skew * -1 : skew).microseconds / 1'000,
                        skew < Duration{} ? "slow" : "fast"));
}

}  // namespace bezant::sim
