// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/random.hpp"
#include "base/result.hpp"
#include "sim/topology/region_model.hpp"
#include "sim/topology/topology.hpp"
#include "sim/topology/topology_error.hpp"

namespace bezant::sim {

/// A generator as a person sees it.
struct GeneratorHelp {
    std::string_view name;     ///< "regular"
    std::string_view example;  ///< "regular:8"
    std::string_view meaning;  ///< one line
};

/// All generators that topology_from_spec knows, for help texts.
[[nodiscard]] std::span<const GeneratorHelp> generator_help();

/// Whether the text before the first colon is a generator's name: what else a person gives is
/// taken for a file's name.
[[nodiscard]] bool names_generator(std::string_view spec);

/// Makes the network that a person asked for as NAME, or NAME:VALUE:... where it takes values:
///
///     ring  line  star  complete  tree:CHILDREN  regular:LINKS  barabasi-albert:LINKS
///     erdos-renyi:PROBABILITY  erdos-renyi:degree=MEAN  watts-strogatz:NEIGHBOURS:PROBABILITY
///     geographic
///
/// `regions` is what `geographic` needs; it may be null where that is not asked for, and otherwise
/// must only live through the call. The errors of the generators, and unknown_name with a
/// suggestion, malformed, not_a_number, out_of_range for the text.
[[nodiscard]] Result<Topology, TopologyError> topology_from_spec(std::string_view spec,
                                                                 std::uint32_t participants,
                                                                 Random& random,
                                                                 const RegionModel* regions);

}  // namespace bezant::sim
