// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/random.hpp"
#include "sim/latency_law.hpp"
#include "sim/observer.hpp"
#include "sim/scenario.hpp"
#include "sim/topology/region_model.hpp"
#include "sim/topology/topology.hpp"

namespace bezant::sim {

/// What a participant has to do with at the other end of a link, in four bytes: of all that
/// relaying reads, there are most of these.
class RelayLink {
public:
    static constexpr unsigned neighbour_bits = 24;

    RelayLink(ParticipantId neighbour, std::uint8_t region)
        : bits_(static_cast<std::uint32_t>(region) << neighbour_bits | neighbour) {}

    [[nodiscard]] ParticipantId neighbour() const { return bits_ & ((1U << neighbour_bits) - 1); }
    [[nodiscard]] std::uint8_t region() const {
        return static_cast<std::uint8_t>(bits_ >> neighbour_bits);
    }

private:
    std::uint32_t bits_;
};

/// Where a participant is, how it receives blocks, and where its links are: together, for whoever
/// reads one reads the others.
struct RelayPlace {
    std::uint32_t first_link = 0;  ///< among all links; the next one's follow
    std::uint8_t region = 0;
    bool compact = false;   ///< sends and reads compact blocks
    bool churning = false;  ///< comes and goes, so that more payments are missing at its place
};

/// The network as relaying blocks sees it: who is linked, where, how far and how fast.
class RelayNetwork {
public:
    /// Participants whom the topology puts in no region are put there by the model's shares.
    RelayNetwork(const Topology& topology, const RegionModel& regions, const Scenario& scenario);

    [[nodiscard]] std::uint32_t size() const {
        return static_cast<std::uint32_t>(places_.size() - 1);
    }
    [[nodiscard]] std::size_t link_count() const { return links_.size() / 2; }

    [[nodiscard]] std::span<const RelayLink> links_of(ParticipantId who) const {
        const std::uint32_t first = places_[who].first_link;
        return std::span{links_}.subspan(first, places_[who + 1].first_link - first);
    }
    [[nodiscard]] RelayPlace place(ParticipantId who) const { return places_[who]; }

    /// The laws from a region to each region, one way.
    [[nodiscard]] std::span<const LatencyLaw> laws_from(std::uint8_t region) const {
        return std::span{laws_}.subspan(region * regions_, regions_);
    }
    /// What a sender there uploads or a receiver here downloads, whichever is less.
    [[nodiscard]] std::uint64_t bandwidth_bps(std::uint8_t from, std::uint8_t to) const {
        return bandwidths_bps_[from * regions_ + to];
    }

private:
    void place_participants(const Topology& topology, const RegionModel& regions,
                            const RelaySettings& settings, const Random& random);
    void link_participants(const Graph& graph);

    std::size_t regions_;
    std::vector<LatencyLaw> laws_;               ///< by region and region
    std::vector<std::uint64_t> bandwidths_bps_;  ///< the same
    std::vector<RelayPlace> places_;             ///< by participant, and one more at the end
    std::vector<RelayLink> links_;
};

}  // namespace bezant::sim
