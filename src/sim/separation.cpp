// SPDX-License-Identifier: Apache-2.0
#include "sim/separation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "sim/topology/connectivity.hpp"
#include "sim/wording.hpp"

namespace bezant::sim {

namespace {

constexpr std::size_t named_parts_max = 4;
constexpr std::size_t named_causes_max = 6;

/// Who runs on the same side of all partitions, in a row: where participants find each other, these
/// can, however they are connected now.
Graph what_can_be_found(const Engine& engine) {
    std::vector<Edge> links;
    std::vector<ParticipantId> last;  // of each side
    for (ParticipantId who = 0; who < engine.size(); ++who) {
        if (!engine.is_running(who)) continue;
        const auto side = std::ranges::find_if(
            last, [&](ParticipantId other) { return !engine.is_apart(edge_of(who, other)); });
        if (side == last.end()) {
            last.push_back(who);
        } else {
            links.push_back(edge_of(std::exchange(*side, who), who));
        }
    }
    return Graph{engine.size(), std::move(links)};
}

/// The network without the links that will never carry anything again.
Graph what_is_left(const Engine& engine, const Graph& graph) {
    if (engine.has_discovery()) return what_can_be_found(engine);
    std::vector<Edge> sound;
    for (Connections::EdgeIndex edge = 0; edge < graph.edges().size(); ++edge) {
        if (engine.is_sound(edge)) sound.push_back(graph.edges()[edge]);
    }
    return Graph{graph.node_count(), std::move(sound)};
}

std::vector<std::vector<ParticipantId>> honest_parts(
    const Engine& engine, std::vector<std::vector<ParticipantId>> parts) {
    for (std::vector<ParticipantId>& part : parts)
        std::erase_if(part, [&](ParticipantId who) { return !engine.is_honest(who); });
    std::erase_if(parts, [](const auto& part) { return part.empty(); });
    std::ranges::stable_sort(parts, {}, &std::vector<ParticipantId>::size);
    return parts;
}

/// Where each participant belongs.
std::vector<std::size_t> part_numbers(const std::vector<std::vector<ParticipantId>>& parts,
                                      std::uint32_t participants) {
    std::vector<std::size_t> numbers(participants);
    for (std::size_t part = 0; part < parts.size(); ++part) {
        for (const ParticipantId who : parts[part]) numbers[who] = part;
    }
    return numbers;
}

/// What lies between a part and the next.
std::vector<std::string> partitions_between(const std::vector<std::vector<ParticipantId>>& parts) {
    std::vector<std::string> causes;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const std::array both{parts[i - 1].front(), parts[i].front()};
        causes.push_back(fmt::format("a partition lies between {}", called(both)));
    }
    return causes;
}

/// What the links between parts lack.
std::vector<std::string> causes_of(const Engine& engine, const Graph& graph,
                                   const std::vector<std::size_t>& part_of) {
    std::vector<std::string> causes;
    for (Connections::EdgeIndex edge = 0; edge < graph.edges().size(); ++edge) {
        const Edge ends = graph.edges()[edge];
        if (part_of[ends.low] == part_of[ends.high]) continue;
        std::string cause = engine.hindrance(edge);
        if (std::ranges::find(causes, cause) == causes.end()) causes.push_back(std::move(cause));
    }
    return causes;
}

/// The first few, and how many there are beside.
std::string listed(std::span<const std::string> texts, std::size_t most) {
    const std::span<const std::string> shown = texts.first(std::min(most, texts.size()));
    std::string text = fmt::format("{}", fmt::join(shown, "; "));
    if (texts.size() > most) text += fmt::format("; and {} more", texts.size() - most);
    return text;
}

}  // namespace

std::optional<Separation> find_separation(const Engine& engine, const Graph& graph) {
    const auto all_parts = components(what_is_left(engine, graph));
    auto honest = honest_parts(engine, all_parts);
    if (honest.size() < 2) return std::nullopt;
    auto causes = engine.has_discovery()
                      ? partitions_between(honest)
                      : causes_of(engine, graph, part_numbers(all_parts, graph.node_count()));
    return Separation{.parts = std::move(honest), .causes = std::move(causes)};
}

std::string to_text(const Separation& separation) {
    std::vector<std::string> parts;
    for (const auto& part : separation.parts) parts.push_back(called(part));
    const std::string most = std::move(parts.back());
    parts.pop_back();
    return fmt::format("cut off for good from {}: {}. Why: {}", most,
                       listed(parts, named_parts_max), listed(separation.causes, named_causes_max));
}

}  // namespace bezant::sim
