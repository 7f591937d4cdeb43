// SPDX-License-Identifier: Apache-2.0
#include "sim/chaos.hpp"

#include <algorithm>

namespace bezant::sim {

namespace {

/// Clocks go wrong by at most this much: within the two hours that blocks may be ahead.
constexpr Duration skew_max = seconds(600);

}  // namespace

Chaos::Chaos(const ChaosSettings& settings, Engine& engine, const Graph& graph, Faults& faults,
             Random random)
    : settings_(settings),
      engine_(engine),
      graph_(graph),
      faults_(faults),
      random_(random),
      cut_(graph.edges().size()) {}

void Chaos::begin() {
    loose_ = settings_.until > Duration{} && !kinds().empty();
    if (loose_) await_next();
}

void Chaos::await_next() {
    const Time end = engine_.timeline().start() + settings_.until;
    const Time next = engine_.timeline().now() + random_.exponential(settings_.mean_gap);
    engine_.schedule_for_world(std::min(next, end), EventKind::chaos, 0);
}

void Chaos::strike() {
    if (engine_.timeline().now() - engine_.timeline().start() >= settings_.until) {
        loose_ = false;
        return faults_.mend_all(settings_.clock_skew);
    }
    const std::vector<Kind> possible = kinds();
    switch (random_.pick(possible)) {
        case Kind::partition:
            toggle_partition();
            break;
        case Kind::crash:
            crash_or_restart();
            break;
        case Kind::link:
            toggle_link();
            break;
        case Kind::clock:
            skew_a_clock();
            break;
    }
    await_next();
}

std::vector<Chaos::Kind> Chaos::kinds() const {
    std::vector<Kind> result;
    if (settings_.partitions && engine_.size() > 1) result.push_back(Kind::partition);
    if (settings_.crashes && engine_.size() > 1) result.push_back(Kind::crash);
    if (settings_.link_cuts && !graph_.edges().empty()) result.push_back(Kind::link);
    if (settings_.clock_skew) result.push_back(Kind::clock);
    return result;
}

void Chaos::toggle_partition() {
    partitioned_ = !partitioned_;
    if (!partitioned_)
        return faults_.inflict({.kind = FaultKind::heal, .participants = {}, .neighbour = {}});
    Fault fault{.kind = FaultKind::partition, .participants = {}, .neighbour = {}};
    for (ParticipantId who = 0; who < engine_.size(); ++who) {
        if (random_.chance(1, 2)) fault.participants.push_back(who);
    }
    faults_.inflict(fault);
}

void Chaos::crash_or_restart() {
    const ParticipantId who = anyone();
    std::uint32_t running = 0;
    for (ParticipantId other = 0; other < engine_.size(); ++other) {
        running += engine_.is_running(other) ? 1U : 0U;
    }
    const bool crashes = engine_.is_running(who);
    if (crashes && running == 1) return;
    faults_.inflict({.kind = crashes ? FaultKind::crash : FaultKind::restart,
                     .participants = {who},
                     .neighbour = {}});
}

void Chaos::toggle_link() {
    const std::size_t edge = random_.below(cut_.size());
    const Edge ends = graph_.edges()[edge];
    cut_[edge] = !cut_[edge];
    faults_.inflict({.kind = cut_[edge] ? FaultKind::disconnect : FaultKind::reconnect,
                     .participants = {ends.low},
                     .neighbour = ends.high});
}

void Chaos::skew_a_clock() {
    const Duration skew{random_.between(-skew_max.microseconds, skew_max.microseconds)};
    faults_.inflict(
        {.kind = FaultKind::clock_skew, .participants = {anyone()}, .neighbour = {}, .skew = skew});
}

ParticipantId Chaos::anyone() { return static_cast<ParticipantId>(random_.below(engine_.size())); }

}  // namespace bezant::sim
