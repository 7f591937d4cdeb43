// SPDX-License-Identifier: Apache-2.0
#include "sim/world/faults.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.hpp"

namespace bezant::sim {

namespace {

constexpr Duration random_skew_max = seconds(60);

std::string list_of(const std::vector<std::uint32_t>& participants) {
    constexpr std::size_t shown_max = 12;
    std::string text;
    for (std::size_t i = 0; i < participants.size() && i < shown_max; ++i) {
        text += fmt::format("{}{}", i == 0 ? "" : ", ", participants[i]);
    }
    if (participants.size() > shown_max) text += ", …";
    return text;
}

}  // namespace

Faults::Faults(Core& core, Driver& driver, Tell tell)
    : core_(core), driver_(driver), tell_(std::move(tell)), random_(core.random.stream("chaos")) {}

void Faults::begin() {
    for (const Fault& fault : core_.scenario.faults) add(fault, fault.at);
    const ChaosSettings& chaos = core_.scenario.chaos;
    chaos_goes_on_ = chaos.until > Duration{};
    if (chaos_goes_on_) core_.wake(EventKind::chaos, 0, random_.exponential(chaos.mean_gap));
}

void Faults::add(const Fault& fault, Duration after) {
    faults_.push_back(fault);
    ++faults_left_;
    core_.wake(EventKind::fault, faults_.size() - 1, after);
}

void Faults::strike(std::uint64_t number) {
    --faults_left_;
    apply(faults_[number]);
}

void Faults::apply(const Fault& fault) {
    switch (fault.kind) {
        case FaultKind::partition:
            partition(fault.participants);
            break;
        case FaultKind::heal:
            heal();
            break;
        case FaultKind::crash:
            std::ranges::for_each(fault.participants, [&](auto who) { crash(who); });
            break;
        case FaultKind::restart:
            std::ranges::for_each(fault.participants, [&](auto who) { restart(who); });
            break;
        case FaultKind::disconnect:
            cut_link(fault, true);
            break;
        case FaultKind::reconnect:
            cut_link(fault, false);
            break;
        case FaultKind::clock_skew:
            for (const ParticipantId who : fault.participants) core_.places[who].skew = fault.skew;
            tell_(fmt::format("the clocks of {} go wrong", list_of(fault.participants)));
            break;
    }
}

void Faults::partition(const std::vector<std::uint32_t>& side) {
    heal();
    std::vector<bool> inside(core_.size());
    for (const ParticipantId who : side) inside[who] = true;
    for (Connections::EdgeIndex edge = 0; edge < core_.connections.edge_count(); ++edge) {
        const Edge ends = core_.connections.ends_of(edge);
        if (inside[ends.low] == inside[ends.high]) continue;
        split_.push_back(edge);
        driver_.bar(edge);
    }
    tell_(fmt::format("the network splits: {} on one side", list_of(side)));
}

void Faults::heal() {
    if (split_.empty()) return;
    for (const auto edge : split_) driver_.unbar(edge);
    split_.clear();
    tell_("the network is whole again");
}

Connections::EdgeIndex Faults::edge_between(ParticipantId one, ParticipantId other) const {
    const auto edge = core_.graph.find(edge_of(one, other));
    CHECK(edge, "links that fail exist: the scenario is checked against the network");
    return static_cast<Connections::EdgeIndex>(*edge);
}

void Faults::cut_link(const Fault& fault, bool cut) {
    const auto edge = edge_between(fault.participants.front(), *fault.neighbour);
    const bool is_cut = std::ranges::find(cut_, edge) != cut_.end();
    if (is_cut == cut) return;
    if (cut) {
        cut_.push_back(edge);
        driver_.bar(edge);
    } else {
        std::erase(cut_, edge);
        driver_.unbar(edge);
    }
    tell_(fmt::format("the link between {} and {} {}", fault.participants.front(), *fault.neighbour,
                      cut ? "fails" : "works again"));
}

void Faults::crash(ParticipantId who) {
    if (!core_.places[who].actor) return;
    driver_.crash(who);
    tell_(fmt::format("{} crashes", who));
}

void Faults::restart(ParticipantId who) {
    if (core_.places[who].actor) return;
    driver_.seat(who);
    driver_.connect_all();
    tell_(fmt::format("{} starts again", who));
}

void Faults::stir() {
    const ChaosSettings& chaos = core_.scenario.chaos;
    if (core_.elapsed() >= chaos.until) {
        mend_all();
        chaos_goes_on_ = false;
        return;
    }
    random_fault();
    core_.wake(EventKind::chaos, 0,
               std::min(random_.exponential(chaos.mean_gap), chaos.until - core_.elapsed()) +
                   microseconds(1));
}

void Faults::random_fault() {
    const ChaosSettings& chaos = core_.scenario.chaos;
    const auto who = static_cast<ParticipantId>(random_.below(core_.size()));
    const std::uint64_t kind = random_.below(4);
    if (kind == 0 && chaos.partitions) {
        if (split_.empty())
            partition(random_side());
        else
            heal();
    } else if (kind == 1 && chaos.crashes) {
        if (core_.places[who].actor)
            crash(who);
        else
            restart(who);
    } else if (kind == 2 && chaos.link_cuts && core_.connections.edge_count() > 0) {
        const auto edge =
            static_cast<Connections::EdgeIndex>(random_.below(core_.connections.edge_count()));
        const Edge ends = core_.connections.ends_of(edge);
        const bool is_cut = std::ranges::find(cut_, edge) != cut_.end();
        cut_link({FaultKind::disconnect, {}, {ends.low}, ends.high, {}}, !is_cut);
    } else if (kind == 3 && chaos.clock_skew) {
        core_.places[who].skew = Duration{random_.between(0, random_skew_max.microseconds)};
    }
}

std::vector<std::uint32_t> Faults::random_side() {
    std::vector<std::uint32_t> side;
    for (ParticipantId who = 0; who < core_.size(); ++who) {
        if (random_.chance(1, 2)) side.push_back(who);
    }
    return side;
}

void Faults::mend_all() {
    heal();
    for (const auto edge : cut_) driver_.unbar(edge);
    cut_.clear();
    for (ParticipantId who = 0; who < core_.size(); ++who) {
        core_.places[who].skew = Duration{};
        if (!core_.places[who].actor) driver_.seat(who);
    }
    driver_.connect_all();
    tell_("all faults are mended");
}

}  // namespace bezant::sim
