// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bezant::sim {

/// Why a topology was refused.
enum class TopologyFault : std::uint8_t {
    malformed,         ///< not the format it should be
    not_a_number,      ///< a number was expected
    out_of_range,      ///< a number too small or too large for its meaning
    self_loop,         ///< a participant linked with itself
    duplicate_edge,    ///< the same two participants linked twice
    duplicate_node,    ///< the same participant named twice
    unknown_node,      ///< a link to a participant who does not exist
    numbering_gap,     ///< a participant without any link
    no_edges,          ///< nothing in it
    too_large,         ///< more participants, links or text than there may be
    unsupported,       ///< directed links, hyperedges and the like
    unknown_name,      ///< no generator or key of this name
    impossible_value,  ///< no such network exists
    disconnected,      ///< in several parts
};

/// What is wrong with a topology, where, and what to do about it.
struct TopologyError {
    TopologyFault fault{};
    std::size_t line = 0;  ///< counted from 1; 0 where no line is to blame
    std::string message;   ///< says what is wrong and what to do, without a full stop
};

/// "SOURCE:LINE: message", as compilers say it, so that editors can jump there; the line is left
/// out if there is none.
[[nodiscard]] std::string describe(const TopologyError& error, std::string_view source);

}  // namespace bezant::sim
