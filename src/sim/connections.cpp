// SPDX-License-Identifier: Apache-2.0
#include "sim/connections.hpp"

#include <algorithm>

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
      links_of_(graph.node_count()),
      open_(graph.node_count()),
      uploads_(settings.shared_upload ? graph.node_count() : 0) {
    Random latencies = random.stream("latency");
    links_.reserve(graph.edges().size());
    for (std::size_t i = 0; i < graph.edges().size(); ++i)
        add_link(graph.edges()[i], graph.traits(i), latencies);
    for (ParticipantId who = 0; who < graph.node_count(); ++who) {
        randoms_.push_back(random.stream("link", who));
    }
}

Random Connections::random_of(Edge pair) const {
    return random_.stream("latency of pair", std::uint64_t{pair.low} << 32U | pair.high);
}

Connections::EdgeIndex Connections::add_link(Edge ends, const LinkTraits& traits) {
    Random of_pair = random_of(ends);
    return add_link(ends, traits, of_pair);
}

Connections::EdgeIndex Connections::add_link(Edge ends, const LinkTraits& traits, Random& random) {
    const EdgeIndex edge = free_number();
    Link& link = links_[edge] = {};
    link.ends = ends;
    link.qualities = qualities_of(traits, settings_, random);
    for (LinkQuality& quality : link.qualities)
        quality.law = law_of(settings_.latency_law, quality.latency);
    for (const auto& [who, other] : {std::pair{ends.low, ends.high}, {ends.high, ends.low}}) {
        const auto after = links_of(who, other).end() - links_of(who).begin();
        links_of_[who].insert(links_of_[who].begin() + after, edge);
    }
    return edge;
}

Connections::EdgeIndex Connections::free_number() {
    if (free_.empty()) {
        links_.emplace_back();
        return static_cast<EdgeIndex>(links_.size() - 1);
    }
    const EdgeIndex edge = free_.back();
    free_.pop_back();
    return edge;
}

void Connections::remove_links(Edge pair) {
    for (const EdgeIndex edge : links_between(pair)) {
        CHECK(is_idle(edge), "a link that is removed carries nothing");
        free_.push_back(edge);
    }
    for (const auto& [who, other] : {std::pair{pair.low, pair.high}, {pair.high, pair.low}}) {
        const auto gone = links_of(who, other);
        const auto first = links_of_[who].begin() + (gone.begin() - links_of(who).begin());
        links_of_[who].erase(first, first + std::ssize(gone));
    }
}

std::span<const Connections::EdgeIndex> Connections::links_of(ParticipantId who,
                                                              ParticipantId other) const {
    const auto other_end = [&](EdgeIndex edge) {
        const Edge& ends = links_[edge].ends;
        return ends.low == who ? ends.high : ends.low;
    };
    const auto found = std::ranges::equal_range(links_of_[who], other, {}, other_end);
    return {found.begin(), found.end()};
}

std::span<const Connections::EdgeIndex> Connections::links_between(Edge pair) const {
    const bool low_has_less = links_of_[pair.low].size() < links_of_[pair.high].size();
    return low_has_less ? links_of(pair.low, pair.high) : links_of(pair.high, pair.low);
}

Duration Connections::latency_between(Edge pair, const LinkTraits& traits) const {
    Random of_pair = random_of(pair);
    return qualities_of(traits, settings_, of_pair)[0].latency;
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
        link.peers[side] = open_[who].add(edge);
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

void Connections::close_end(End end) { open_[end.who].remove(end.peer); }

bool Connections::is_open(EdgeIndex edge, ParticipantId who) const {
    const Link& link = links_[edge];
    return link.used && is_open({.who = who, .peer = link.peers[who == link.ends.low ? 0 : 1]});
}

bool Connections::is_idle(EdgeIndex edge) const {
    const Edge ends = links_[edge].ends;
    return !is_open(edge, ends.low) && !is_open(edge, ends.high);
}

Connections::Arrival Connections::send(End from, Time leave, std::size_t bytes) {
    Link& link = links_[edge(from)];
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

}  // namespace bezant::sim
