// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/random.hpp"
#include "base/result.hpp"
#include "sim/topology/region_model.hpp"
#include "sim/topology/topology.hpp"
#include "sim/topology/topology_error.hpp"

namespace bezant::sim {

/// A region, drawn by the shares of all.
[[nodiscard]] std::uint32_t draw_region(const RegionModel& model, Random& random);

/// A network like the Internet's: everyone lives in a region, drawn by share, and opens as many
/// links as the model's law says, each to any other participant (as SimBlock does; Aoki et al.
/// 2019). A link's latency is the mean between the two regions; each way it carries what the
/// sender's region uploads or the receiver's downloads, whichever is less. Drawn again until
/// connected; errors as of the generators.
[[nodiscard]] Result<Topology, TopologyError> geographic(std::uint32_t participants,
                                                         const RegionModel& model, Random& random);

}  // namespace bezant::sim
