// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/topology_text.hpp"

#include <utility>

#include "sim/topology/connectivity.hpp"
#include "sim/topology/edge_list.hpp"
#include "sim/topology/graphml.hpp"

namespace bezant::sim {

namespace {

bool begins_as_xml(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text[first] == '<';
}

}  // namespace

Result<Topology, TopologyError> topology_from_text(std::string_view text) {
    auto topology =
        begins_as_xml(text) ? topology_from_graphml(text) : topology_from_edge_list(text);
    if (!topology) return topology;
    if (auto checked = check_connected(topology->graph, topology->labels); !checked) {
        return unexpected(std::move(checked.error()));
    }
    return topology;
}

}  // namespace bezant::sim
