// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/edge_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "sim/topology/duplicate_edge.hpp"
#include "sim/topology/foreign_text.hpp"
#include "sim/topology/link_value.hpp"

namespace bezant::sim {

namespace {

constexpr std::size_t fields_max = 4;
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::string_view expected_line =
    "write 'FROM TO', 'FROM TO LATENCY_MS' or 'FROM TO "
    "LATENCY_MS BANDWIDTH_BPS'";

struct Fields {
    std::array<std::string_view, fields_max> text;
    std::size_t count = 0;  // may say more than fit
};

struct EdgeList {
    std::vector<Edge> edges;
    std::vector<std::size_t> lines;  // of each edge
    std::vector<LinkTraits> traits;  // of each edge
    bool any_traits = false;
};

using Status = Result<void, TopologyError>;

unexpected<TopologyError> refuse(TopologyFault fault, std::size_t line, std::string message) {
    return unexpected(TopologyError{fault, line, std::move(message)});
}

Fields split_fields(std::string_view line) {
    constexpr std::string_view blanks = " \t\r";
    Fields fields;
    line = line.substr(0, line.find('#'));
    for (std::size_t at = line.find_first_not_of(blanks); at != std::string_view::npos;) {
        const std::size_t end = std::min(line.find_first_of(blanks, at), line.size());
        if (fields.count < fields_max) fields.text.at(fields.count) = line.substr(at, end - at);
        ++fields.count;
        at = line.find_first_not_of(blanks, end);
    }
    return fields;
}

bool all_digits(std::string_view text) {
    return !text.empty() &&
           std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

Result<NodeIndex, TopologyError> parse_participant(std::string_view text, std::size_t line) {
    const bool negative = text.starts_with('-') && all_digits(text.substr(1));
    if (negative || !all_digits(text)) {
        return refuse(
            negative ? TopologyFault::out_of_range : TopologyFault::not_a_number, line,
            fmt::format("{} is not a participant; number them 0, 1, 2 and so on", quoted(text)));
    }
    NodeIndex node = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), node);
    if (error != std::errc{} || node >= participants_max) {
        return refuse(TopologyFault::too_large, line,
                      fmt::format("participant {} is too large a number; there are at most {}, "
                                  "numbered from 0",
                                  quoted(text), participants_max));
    }
    return node;
}

Result<LinkTraits, TopologyError> parse_traits(const Fields& fields, std::size_t line) {
    LinkTraits traits;
    if (fields.count > 2) {
        const auto latency = link_latency_from_ms(fields.text[2], line);
        if (!latency) return unexpected(latency.error());
        traits.latency = *latency;
    }
    if (fields.count > 3) {
        const auto bandwidth = link_bandwidth_from_bps(fields.text[3], line);
        if (!bandwidth) return unexpected(bandwidth.error());
        traits.bandwidth = both_ways(*bandwidth);
    }
    return traits;
}

Status parse_line(std::string_view text, std::size_t line, EdgeList& list) {
    const Fields fields = split_fields(text);
    if (fields.count == 0) return {};
    if (fields.count == 1 || fields.count > fields_max) {
        return refuse(TopologyFault::malformed, line,
                      fmt::format("{} where an edge should be; {}",
                                  fields.count == 1 ? quoted(fields.text[0]) + " alone"
                                                    : fmt::format("{} fields", fields.count),
                                  expected_line));
    }
    const auto from = parse_participant(fields.text[0], line);
    if (!from) return unexpected(from.error());
    const auto to = parse_participant(fields.text[1], line);
    if (!to) return unexpected(to.error());
    if (*from == *to) {
        return refuse(TopologyFault::self_loop, line,
                      fmt::format("participant {} is linked with itself; remove the line", *from));
    }
    const auto traits = parse_traits(fields, line);
    if (!traits) return unexpected(traits.error());
    if (list.edges.size() == edges_max) {
        return refuse(TopologyFault::too_large, line,
                      fmt::format("more than {} edges; use a smaller network", edges_max));
    }
    list.edges.push_back(edge_of(*from, *to));
    list.lines.push_back(line);
    list.traits.push_back(*traits);
    list.any_traits = list.any_traits || *traits != LinkTraits{};
    return {};
}

Status parse_lines(std::string_view text, EdgeList& list) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    for (std::size_t line = 1; !text.empty(); ++line) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (auto parsed = parse_line(text.substr(0, end), line, list); !parsed) return parsed;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return {};
}

Status check_duplicates(const EdgeList& list) {
    const auto found = first_duplicate(list.edges);
    if (!found) return {};
    const auto [low, high] = list.edges[found->repeated];
    return refuse(TopologyFault::duplicate_edge, list.lines[found->repeated],
                  fmt::format("the edge between {} and {} was given on line {}; links go both "
                              "ways, so write each once",
                              low, high, list.lines[found->original]));
}

/// Of the participants 0 to `last`, the first that no edge mentions; last + 1 if there is none.
/// Looks at no more of them than the edges can mention, so that one large number costs nothing.
NodeIndex first_missing(const std::vector<Edge>& edges, NodeIndex last) {
    const std::size_t candidates = std::min<std::size_t>(std::size_t{last} + 1, edges.size() * 2);
    std::vector<bool> mentioned(candidates);
    for (const Edge& edge : edges) {
        if (edge.low < candidates) mentioned[edge.low] = true;
        if (edge.high < candidates) mentioned[edge.high] = true;
    }
    return static_cast<NodeIndex>(std::ranges::find(mentioned, false) - mentioned.begin());
}

Status check_numbering(const EdgeList& list) {
    const auto largest = std::ranges::max_element(list.edges, {}, &Edge::high);
    const NodeIndex last = largest->high;
    const NodeIndex missing = first_missing(list.edges, last);
    if (missing > last) return {};
    const std::size_t line = list.lines[static_cast<std::size_t>(largest - list.edges.begin())];
    const std::string_view advice =
        missing == 0 ? "number participants from 0" : "give it a link or close the gap";
    return refuse(TopologyFault::numbering_gap, line,
                  fmt::format("there is a participant {}, but participant {} has no link; {}", last,
                              missing, advice));
}

}  // namespace

Result<Topology, TopologyError> topology_from_edge_list(std::string_view text) {
    if (text.size() > edge_list_bytes_max) {
        return refuse(
            TopologyFault::too_large, 0,
            fmt::format("more than {} bytes; use a smaller network", edge_list_bytes_max));
    }
    EdgeList list;
    if (auto parsed = parse_lines(text, list); !parsed) return unexpected(parsed.error());
    if (list.edges.empty()) {
        return refuse(TopologyFault::no_edges, 0,
                      fmt::format("there is no edge in it; {}", expected_line));
    }
    if (auto checked = check_duplicates(list); !checked) return unexpected(checked.error());
    if (auto checked = check_numbering(list); !checked) return unexpected(checked.error());
    if (!list.any_traits) list.traits.clear();
    const NodeIndex last = std::ranges::max(list.edges, {}, &Edge::high).high;
    return Topology{Graph{last + 1, std::move(list.edges), std::move(list.traits)}, {}, {}};
}

}  // namespace bezant::sim
