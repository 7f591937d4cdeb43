// SPDX-License-Identifier: Apache-2.0
#include "sim/connections.hpp"

#include "base/check.hpp"

namespace bezant::sim {

namespace {

/// From the lower end, from the higher.
std::array<LinkQuality, 2> qualities_of(const LinkTraits& traits, const LinkSettings& settings,
                                        Random& random) {
    // Drawn also where it is not used, so that traits of one link do not move another's latency.
    const Duration drawn{
        random.between(settings.latency_min.microseconds, settings.latency_max.microseconds)};
    const LinkBandwidth bandwidth = traits.bandwidth.value_or(both_ways(settings.bandwidth_bps));
    const LinkQuality from_low{.latency = traits.latency.value_or(drawn),
                               .jitter = settings.jitter,
                               .bandwidth_bps = bandwidth.from_low_bps,
                               .loss = settings.loss,
                               .retransmit_after = settings.retransmit_after};
    LinkQuality from_high = from_low;
    from_high.bandwidth_bps = bandwidth.from_high_bps;
    return {from_low, from_high};
}

}  // namespace

Connections::Connections(const Graph& graph, const LinkSettings& settings, const Random& random)
    : settings_(settings),
      random_(random),
      records_(graph.node_count()),
      uploads_(settings.shared_upload ? graph.node_count() : 0) {
    Random latencies = random.stream("latency");
    links_.reserve(graph.edges().size());
    for (std::size_t i = 0; i < graph.edges().size(); ++i)
        add_link(graph.edges()[i], graph.traits(i), latencies);
    for (ParticipantId who = 0; who < graph.node_count(); ++who) {
        randoms_.push_back(random.stream("link", who));
    }
}

Connections::EdgeIndex Connections::add_link(Edge ends, const LinkTraits& traits) {
    Random of_pair = random_.stream("latency of pair", std::uint64_t{ends.low} << 32U | ends.high);
    add_link(ends, traits, of_pair);
    return static_cast<EdgeIndex>(links_.size() - 1);
}

void Connections::add_link(Edge ends, const LinkTraits& traits, Random& random) {
    Link& link = links_.emplace_back();
    link.ends = ends;
    link.qualities = qualities_of(traits, settings_, random);
    for (LinkQuality& quality : link.qualities)
        quality.law = law_of(settings_.latency_law, quality.latency);
}

/// One for all links of nearly the same latency: a law takes four kilobytes.
const LatencyLaw* Connections::law_of(LatencyKind kind, Duration mean) {
    if (kind == LatencyKind::fixed) return nullptr;
    constexpr std::int64_t step_us = 100;
    const std::int64_t steps = (mean.microseconds + step_us / 2) / step_us;
    return &laws_.try_emplace(steps, kind, Duration{steps * step_us}).first->second;
}

Connections::Ends Connections::open(EdgeIndex edge) {
    CHECK(is_idle(edge), "a link carries one connection at a time");
    Link& link = links_[edge];
    Ends ends;
    for (std::size_t side = 0; side < ends.size(); ++side) {
        const ParticipantId who = participant(link.ends, side);
        link.peers[side] = PeerId{static_cast<std::uint32_t>(records_[who].size())};
        records_[who].push_back({.edge = edge, .open = true});
        link.directions[side].reset();
        ends[side] = {.who = who, .peer = link.peers[side]};
    }
    link.used = true;
    return ends;
}

std::vector<Connections::End> Connections::close(EdgeIndex edge) {
    std::vector<End> closed;
    const Link& link = links_[edge];
    for (std::size_t side = 0; link.used && side < link.peers.size(); ++side) {
        const End end{.who = participant(link.ends, side), .peer = link.peers[side]};
        if (!is_open(end)) continue;
        close_end(end);
        closed.push_back(end);
    }
    return closed;
}

void Connections::forget_uploads(ParticipantId who) {
    if (!uploads_.empty()) uploads_[who] = {};
}

void Connections::close_end(End end) {
    CHECK(is_open(end), "what is closed was open");
    record(end).open = false;
}

bool Connections::is_open(EdgeIndex edge, ParticipantId who) const {
    const Link& link = links_[edge];
    return link.used && is_open({.who = who, .peer = link.peers[who == link.ends.low ? 0 : 1]});
}

bool Connections::is_idle(EdgeIndex edge) const {
    const Edge ends = links_[edge].ends;
    return !is_open(edge, ends.low) && !is_open(edge, ends.high);
}

Connections::Arrival Connections::send(End from, Time leave, std::size_t bytes) {
    CHECK(is_open(from), "a participant sends on open connections only");
    Link& link = links_[record(from).edge];
    const std::size_t side = from.who == link.ends.low ? 0 : 1;
    LinkDirection& direction = link.directions[side];
    const LinkQuality& quality = link.qualities[side];
    Random& random = randoms_[from.who];
    const Time at = uploads_.empty()
                        ? direction.send(leave, bytes, quality, random)
                        : direction.send(uploads_[from.who], leave, bytes, quality, random);
    return {.end = {.who = participant(link.ends, 1 - side), .peer = link.peers[1 - side]},
            .at = at};
}

ParticipantId Connections::neighbour(End end) const {
    const Edge& ends = links_[record(end).edge].ends;
    return ends.low == end.who ? ends.high : ends.low;
}

}  // namespace bezant::sim
