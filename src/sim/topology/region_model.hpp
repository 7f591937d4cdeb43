// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "sim/topology/topology_error.hpp"

namespace bezant::sim {

constexpr std::size_t regions_max = 256;
constexpr std::size_t outbound_links_max = 1000;

/// A part of the world in which participants live alike.
struct Region {
    std::string name;
    std::uint32_t share_ppm = 0;  ///< of all participants, in millionths
    std::uint64_t upload_bps = 0;
    std::uint64_t download_bps = 0;

    friend bool operator==(const Region&, const Region&) = default;
};

/// What one link carries from a region to another: what the sender uploads or the receiver
/// downloads, whichever is less.
[[nodiscard]] inline std::uint64_t bandwidth_between(const Region& sender, const Region& receiver) {
    return std::min(sender.upload_bps, receiver.download_bps);
}

/// Where participants are, how far apart and how well connected.
struct RegionModel {
    std::vector<Region> regions;         ///< at least one; their shares are one million in all
    std::vector<Duration> mean_latency;  ///< one way; of regions i and j at i * regions + j
    /// Chance, in millionths, that a participant opens at most i + 1 links to others.
    std::vector<std::uint32_t> outbound_links_cdf_ppm;

    [[nodiscard]] Duration latency(std::uint32_t from, std::uint32_t to) const {
        return mean_latency[from * regions.size() + to];
    }

    friend bool operator==(const RegionModel&, const RegionModel&) = default;
};

/// Reads a model from TOML: `regions` (names), and by region `region_share` (fractions of 1),
/// `latency_ms` (rows and columns by region; the same both ways), `download_bps`, `upload_bps`; and
/// `outbound_degree_cdf`. Keys of other meaning may stand in it too. data/internet_2019.toml is
/// one. The error names the line, the key and what is expected.
[[nodiscard]] Result<RegionModel, TopologyError> regions_from_toml(std::string_view text);

}  // namespace bezant::sim
