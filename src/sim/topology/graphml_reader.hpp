// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/topology/labelled_graph.hpp"
#include "sim/topology/topology.hpp"
#include "sim/topology/topology_error.hpp"

namespace bezant::sim {

/// Attributes of an XML element as Expat hands them out: name, value, name, value, ..., null.
class XmlAttributes {
public:
    explicit XmlAttributes(const char* const* pairs) : pairs_(pairs) {}

    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;

private:
    const char* const* pairs_;
};

/// The meaning of GraphML, apart from how XML is written: takes the elements of a document one
/// after the other and makes a network of them. What is understood and what is refused: see
/// topology_from_graphml. After an error it is of no further use.
class GraphmlReader {
public:
    using Status = Result<void, TopologyError>;

    /// An element begins; `name` is without its namespace.
    Status open(std::string_view name, XmlAttributes attributes, std::size_t line);

    /// A piece of the text in the innermost open element.
    void text(std::string_view piece);

    /// The innermost open element ends.
    Status close();

    /// The document has ended: takes the network out.
    Result<Topology, TopologyError> finish();

private:
    /// What an open element is. What is skipped is skipped with all that is in it.
    enum class Place : std::uint8_t {
        document,
        graphml,
        key,
        key_default,
        graph,
        node,
        edge,
        edge_data,
        skipped,
    };

    /// What data of an edge tells.
    enum class Meaning : std::uint8_t { nothing, latency_ms, weight, bandwidth_bps };

    struct Value {
        std::string text;
        std::size_t line = 0;
    };
    using Values = std::array<std::optional<Value>, 4>;  // by Meaning

    using Entered = Result<Place, TopologyError>;
    [[nodiscard]] Entered enter(std::string_view name, XmlAttributes attributes);
    [[nodiscard]] Entered enter_graphml(std::string_view name) const;
    [[nodiscard]] Entered enter_key(XmlAttributes attributes);
    [[nodiscard]] Entered enter_graph(XmlAttributes attributes);
    [[nodiscard]] Entered enter_node(XmlAttributes attributes);
    [[nodiscard]] Entered enter_edge(XmlAttributes attributes);
    [[nodiscard]] Entered enter_edge_data(XmlAttributes attributes);
    [[nodiscard]] Entered refuse_element(std::string_view name) const;
    [[nodiscard]] unexpected<TopologyError> refuse(TopologyFault fault, std::string message) const;

    [[nodiscard]] static Meaning meaning_of(std::string_view attribute_name);
    [[nodiscard]] const Value* value_of(Meaning meaning) const;
    [[nodiscard]] Result<LinkTraits, TopologyError> edge_traits() const;
    Status close_edge();

    std::vector<Place> places_ = {Place::document};
    std::size_t line_ = 0;  // of the element that began last
    bool has_graph_ = false;
    LabelledGraph network_;

    boost::unordered_flat_map<std::string, Meaning> keys_;
    Meaning meaning_{};  // of the key or data that is open
    Value value_;        // its text so far
    Values defaults_;    // what counts where an edge does not say
    Values values_;      // what the open edge says

    std::string edge_from_;
    std::string edge_to_;
    std::size_t edge_line_ = 0;
};

}  // namespace bezant::sim
