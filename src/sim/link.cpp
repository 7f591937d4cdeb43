// SPDX-License-Identifier: Apache-2.0
#include "sim/link.hpp"

#include <algorithm>

namespace bezant::sim {

namespace {

/// After so many losses in a row a message gets through, so that a link that loses everything
/// delays without end, but does not stop the program.
constexpr int losses_max = 100;

}  // namespace

Duration serialisation_time(std::size_t bytes, std::uint64_t bandwidth_bps) {
    if (bandwidth_bps == 0) return {};
    constexpr std::uint64_t bits_per_byte = 8;
    constexpr std::uint64_t microseconds_per_second = 1'000'000;
    const std::uint64_t scaled = bytes * bits_per_byte * microseconds_per_second;
    return microseconds(static_cast<std::int64_t>((scaled + bandwidth_bps - 1) / bandwidth_bps));
}

Time Upload::send(Time leave, std::size_t bytes, std::uint64_t bandwidth_bps) {
    free_at_ = std::max(free_at_, leave) + serialisation_time(bytes, bandwidth_bps);
    return free_at_;
}

Time LinkDirection::send(Upload& upload, Time leave, std::size_t bytes, const LinkQuality& quality,
                         Random& random) {
    const Time left = upload.send(leave, bytes, quality.bandwidth_bps);
    Time arrival =
        left + (quality.law == nullptr ? quality.latency : Duration{quality.law->draw_us(random)});
    if (quality.jitter > Duration{}) {
        arrival = arrival + Duration{random.between(0, quality.jitter.microseconds)};
    }
    for (int i = 0; quality.loss > 0 && i < losses_max; ++i) {
        if (!random.chance(quality.loss, one_million)) break;
        arrival = arrival + quality.retransmit_after;
    }
    last_arrival_ = std::max(last_arrival_, arrival);
    return last_arrival_;
}

}  // namespace bezant::sim
