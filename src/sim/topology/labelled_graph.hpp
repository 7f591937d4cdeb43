// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/topology/topology.hpp"
#include "sim/topology/topology_error.hpp"

namespace bezant::sim {

/// A longer label is refused.
constexpr std::size_t label_bytes_max = 64;

/// Gathers a network whose participants are named, not numbered, from a file that may mention them
/// before it declares them. Every refusal names the line given with the call to blame.
class LabelledGraph {
public:
    using Status = Result<void, TopologyError>;

    /// A participant exists. Refused if declared before, or not fit to be a label: empty, too long,
    /// or with control characters, which would upset a terminal.
    Status declare(std::string_view label, std::size_t line);

    /// Two participants are linked.
    Status link(std::string_view from, std::string_view to, std::size_t line, LinkTraits traits);

    /// Takes the network out; refuses links to nobody and links given twice. Participants are
    /// numbered in order of appearance, unless their labels are just the numbers 0 to n-1: then
    /// each keeps his own, and there are no labels.
    Result<Topology, TopologyError> finish();

private:
    Result<NodeIndex, TopologyError> number_of(std::string_view label, std::size_t line);
    [[nodiscard]] Status check_declared() const;
    [[nodiscard]] Status check_duplicates() const;
    void keep_numbers();

    boost::unordered_flat_map<std::string, NodeIndex> numbers_;
    std::vector<std::string> labels_;
    std::vector<std::size_t> first_lines_;     // where each was first mentioned
    std::vector<std::size_t> declared_lines_;  // 0: not declared
    std::vector<Edge> edges_;
    std::vector<std::size_t> edge_lines_;
    std::vector<LinkTraits> traits_;
    bool any_traits_ = false;
};

}  // namespace bezant::sim
