// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/labelled_graph.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <utility>

#include "sim/topology/duplicate_edge.hpp"
#include "sim/topology/foreign_text.hpp"

namespace bezant::sim {

namespace {

unexpected<TopologyError> refuse(TopologyFault fault, std::size_t line, std::string message) {
    return unexpected(TopologyError{fault, line, std::move(message)});
}

/// The number that this label is the usual way of writing; nothing for "07" or "x".
std::optional<NodeIndex> canonical_number(std::string_view label) {
    NodeIndex number = 0;
    const auto [end, error] = std::from_chars(label.data(), label.data() + label.size(), number);
    if (error != std::errc{} || end != label.data() + label.size()) return std::nullopt;
    if (label.size() > 1 && label.front() == '0') return std::nullopt;
    return number;
}

/// Which number each label is, if they are the numbers from 0 up, each once.
std::optional<std::vector<NodeIndex>> labels_as_numbers(const std::vector<std::string>& labels) {
    std::vector<NodeIndex> numbers;
    numbers.reserve(labels.size());
    for (const std::string& label : labels) {
        const auto number = canonical_number(label);
        if (!number || *number >= labels.size()) return std::nullopt;
        numbers.push_back(*number);
    }
    return numbers;  // labels differ, so no number is there twice
}

}  // namespace

LabelledGraph::Status LabelledGraph::declare(std::string_view label, std::size_t line) {
    const auto node = number_of(label, line);
    if (!node) return unexpected(node.error());
    if (declared_lines_[*node] != 0) {
        return refuse(TopologyFault::duplicate_node, line,
                      fmt::format("the node {} was declared on line {}; give each an id of its own",
                                  quoted(label), declared_lines_[*node]));
    }
    declared_lines_[*node] = line;
    return {};
}

LabelledGraph::Status LabelledGraph::link(std::string_view from, std::string_view to,
                                          std::size_t line, LinkTraits traits) {
    const auto one = number_of(from, line);
    if (!one) return unexpected(one.error());
    const auto other = number_of(to, line);
    if (!other) return unexpected(other.error());
    if (*one == *other) {
        return refuse(
            TopologyFault::self_loop, line,
            fmt::format("the node {} is linked with itself; remove the edge", quoted(from)));
    }
    if (edges_.size() == edges_max) {
        return refuse(TopologyFault::too_large, line,
                      fmt::format("more than {} edges; use a smaller network", edges_max));
    }
    edges_.push_back(edge_of(*one, *other));
    edge_lines_.push_back(line);
    traits_.push_back(traits);
    any_traits_ = any_traits_ || traits != LinkTraits{};
    return {};
}

Result<NodeIndex, TopologyError> LabelledGraph::number_of(std::string_view label,
                                                          std::size_t line) {
    const auto known = numbers_.find(std::string{label});
    if (known != numbers_.end()) return known->second;
    if (label.empty() || label.size() > label_bytes_max || has_control_character(label)) {
        return refuse(TopologyFault::malformed, line,
                      fmt::format("the id {} cannot be a label; use 1 to {} bytes without control "
                                  "characters",
                                  quoted(label), label_bytes_max));
    }
    if (labels_.size() == participants_max) {
        return refuse(
            TopologyFault::too_large, line,
            fmt::format("more than {} participants; use a smaller network", participants_max));
    }
    const auto number = static_cast<NodeIndex>(labels_.size());
    numbers_.emplace(label, number);
    labels_.emplace_back(label);
    first_lines_.push_back(line);
    declared_lines_.push_back(0);
    return number;
}

LabelledGraph::Status LabelledGraph::check_declared() const {
    for (std::size_t node = 0; node < labels_.size(); ++node) {
        if (declared_lines_[node] != 0) continue;
        return refuse(TopologyFault::unknown_node, first_lines_[node],
                      fmt::format("the edge names a node {} that is not declared; declare it or "
                                  "correct the name",
                                  quoted(labels_[node])));
    }
    return {};
}

LabelledGraph::Status LabelledGraph::check_duplicates() const {
    const auto found = first_duplicate(edges_);
    if (!found) return {};
    const auto [low, high] = edges_[found->repeated];
    return refuse(
        TopologyFault::duplicate_edge, edge_lines_[found->repeated],
        fmt::format("the edge between {} and {} was given on line {}; links go both "
                    "ways, so give each once",
                    quoted(labels_[low]), quoted(labels_[high]), edge_lines_[found->original]));
}

void LabelledGraph::keep_numbers() {
    const auto numbers = labels_as_numbers(labels_);
    if (!numbers) return;
    for (Edge& edge : edges_) edge = edge_of((*numbers)[edge.low], (*numbers)[edge.high]);
    labels_.clear();
}

Result<Topology, TopologyError> LabelledGraph::finish() {
    if (auto checked = check_declared(); !checked) return unexpected(checked.error());
    if (auto checked = check_duplicates(); !checked) return unexpected(checked.error());
    const auto count = static_cast<std::uint32_t>(labels_.size());
    keep_numbers();
    if (!any_traits_) traits_.clear();
    return Topology{Graph{count, std::move(edges_), std::move(traits_)}, std::move(labels_), {}};
}

}  // namespace bezant::sim
