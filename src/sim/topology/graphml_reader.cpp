// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/graphml_reader.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/check.hpp"
#include "sim/topology/foreign_text.hpp"
#include "sim/topology/link_value.hpp"

namespace bezant::sim {

namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace

std::optional<std::string_view> XmlAttributes::find(std::string_view name) const {
    for (const char* const* pair = pairs_; *pair != nullptr; pair += 2) {
        if (name == pair[0]) return pair[1];
    }
    return std::nullopt;
}

unexpected<TopologyError> GraphmlReader::refuse(TopologyFault fault, std::string message) const {
    return unexpected(TopologyError{fault, line_, std::move(message)});
}

GraphmlReader::Status GraphmlReader::open(std::string_view name, XmlAttributes attributes,
                                          std::size_t line) {
    line_ = line;
    const auto place = enter(name, attributes);
    if (!place) return unexpected(place.error());
    places_.push_back(*place);
    value_ = Value{"", line};
    return {};
}

GraphmlReader::Entered GraphmlReader::enter(std::string_view name, XmlAttributes attributes) {
    const Place parent = places_.back();
    if (parent == Place::document) return enter_graphml(name);
    // Text and foreign elements: programs keep here what is of use to themselves only.
    if (parent == Place::skipped || parent == Place::key_default || parent == Place::edge_data ||
        name == "desc") {
        return Place::skipped;
    }
    if (parent == Place::graphml && name == "key") return enter_key(attributes);
    if (parent == Place::graphml && name == "graph") return enter_graph(attributes);
    if (parent == Place::key && name == "default") return Place::key_default;
    if (parent == Place::graph && name == "node") return enter_node(attributes);
    if (parent == Place::graph && name == "edge") return enter_edge(attributes);
    if (parent == Place::edge && name == "data") return enter_edge_data(attributes);
    if (parent != Place::key && name == "data") return Place::skipped;
    return refuse_element(name);
}

GraphmlReader::Entered GraphmlReader::enter_graphml(std::string_view name) const {
    if (name == "graphml") return Place::graphml;
    return refuse(
        TopologyFault::malformed,
        fmt::format("the document is a {}, not a 'graphml'; give a GraphML file", quoted(name)));
}

GraphmlReader::Entered GraphmlReader::enter_key(XmlAttributes attributes) {
    const auto id = attributes.find("id");
    if (!id) return refuse(TopologyFault::malformed, "a <key> has no id; give it one");
    const std::string_view domain = attributes.find("for").value_or("all");
    const bool of_edges = domain == "edge" || domain == "all";
    meaning_ = of_edges ? meaning_of(attributes.find("attr.name").value_or("")) : Meaning::nothing;
    if (!keys_.emplace(*id, meaning_).second) {
        return refuse(
            TopologyFault::malformed,
            fmt::format("the key {} is declared twice; give each an id of its own", quoted(*id)));
    }
    return Place::key;
}

GraphmlReader::Entered GraphmlReader::enter_graph(XmlAttributes attributes) {
    if (has_graph_) {
        return refuse(TopologyFault::unsupported, "a second graph; keep one graph in the file");
    }
    has_graph_ = true;
    const auto kind = attributes.find("edgedefault");
    if (kind == "undirected") return Place::graph;
    if (kind == "directed") {
        return refuse(TopologyFault::unsupported,
                      "the graph is directed, but links go both ways; write it undirected "
                      "(NetworkX: G.to_undirected())");
    }
    return refuse(TopologyFault::malformed,
                  "the graph does not say edgedefault=\"undirected\"; add it");
}

GraphmlReader::Entered GraphmlReader::enter_node(XmlAttributes attributes) {
    const auto id = attributes.find("id");
    if (!id) return refuse(TopologyFault::malformed, "a <node> has no id; give it one");
    if (auto declared = network_.declare(*id, line_); !declared) {
        return unexpected(declared.error());
    }
    return Place::node;
}

GraphmlReader::Entered GraphmlReader::enter_edge(XmlAttributes attributes) {
    const auto from = attributes.find("source");
    const auto to = attributes.find("target");
    if (!from || !to) {
        return refuse(TopologyFault::malformed, "an <edge> needs a source and a target; add them");
    }
    if (attributes.find("directed").value_or("false") != "false") {
        return refuse(TopologyFault::unsupported,
                      "the edge is directed, but links go both ways; remove 'directed'");
    }
    if (attributes.find("sourceport") || attributes.find("targetport")) {
        return refuse(TopologyFault::unsupported, "the edge uses ports; remove them");
    }
    edge_from_ = *from;
    edge_to_ = *to;
    edge_line_ = line_;
    values_ = {};
    return Place::edge;
}

GraphmlReader::Entered GraphmlReader::enter_edge_data(XmlAttributes attributes) {
    const auto id = attributes.find("key");
    if (!id) return refuse(TopologyFault::malformed, "a <data> has no key; give it one");
    const auto key = keys_.find(std::string{*id});
    if (key == keys_.end()) {
        return refuse(
            TopologyFault::malformed,
            fmt::format("the key {} is not declared; declare it before the graph", quoted(*id)));
    }
    meaning_ = key->second;
    return Place::edge_data;
}

GraphmlReader::Entered GraphmlReader::refuse_element(std::string_view name) const {
    if (name == "graph") {
        return refuse(TopologyFault::unsupported, "a graph inside a graph; flatten it");
    }
    if (name == "hyperedge") {
        return refuse(TopologyFault::unsupported, "a hyperedge; replace it by edges between pairs");
    }
    if (name == "port") return refuse(TopologyFault::unsupported, "a port; remove it");
    return refuse(TopologyFault::malformed,
                  fmt::format("an element {} does not belong here; remove it", quoted(name)));
}

void GraphmlReader::text(std::string_view piece) {
    const Place place = places_.back();
    if (place == Place::key_default || place == Place::edge_data) value_.text += piece;
}

GraphmlReader::Status GraphmlReader::close() {
    CHECK(places_.size() > 1, "an element ends that began");
    const Place place = places_.back();
    places_.pop_back();
    const auto meaning = static_cast<std::size_t>(meaning_);
    if (place == Place::key_default) defaults_.at(meaning) = std::move(value_);
    if (place == Place::edge_data) values_.at(meaning) = std::move(value_);
    return place == Place::edge ? close_edge() : Status{};
}

GraphmlReader::Status GraphmlReader::close_edge() {
    const auto traits = edge_traits();
    if (!traits) return unexpected(traits.error());
    return network_.link(edge_from_, edge_to_, edge_line_, *traits);
}

GraphmlReader::Meaning GraphmlReader::meaning_of(std::string_view attribute_name) {
    if (attribute_name == "latency_ms") return Meaning::latency_ms;
    if (attribute_name == "weight") return Meaning::weight;
    if (attribute_name == "bandwidth_bps") return Meaning::bandwidth_bps;
    return Meaning::nothing;
}

const GraphmlReader::Value* GraphmlReader::value_of(Meaning meaning) const {
    const auto index = static_cast<std::size_t>(meaning);
    const auto& said = values_.at(index) ? values_.at(index) : defaults_.at(index);
    return said ? &*said : nullptr;
}

Result<LinkTraits, TopologyError> GraphmlReader::edge_traits() const {
    LinkTraits traits;
    const Value* latency = value_of(Meaning::latency_ms);
    if (latency == nullptr) latency = value_of(Meaning::weight);
    if (latency != nullptr) {
        const auto parsed = link_latency_from_ms(trimmed(latency->text), latency->line);
        if (!parsed) return unexpected(parsed.error());
        traits.latency = *parsed;
    }
    if (const Value* bandwidth = value_of(Meaning::bandwidth_bps); bandwidth != nullptr) {
        const auto parsed = link_bandwidth_from_bps(trimmed(bandwidth->text), bandwidth->line);
        if (!parsed) return unexpected(parsed.error());
        traits.bandwidth = both_ways(*parsed);
    }
    return traits;
}

Result<Topology, TopologyError> GraphmlReader::finish() {
    if (!has_graph_) {
        return unexpected(TopologyError{TopologyFault::no_edges, 0,
                                        "there is no graph in it; give a GraphML file with one"});
    }
    return network_.finish();
}

}  // namespace bezant::sim
