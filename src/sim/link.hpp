// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/random.hpp"
#include "base/time.hpp"
#include "sim/latency_law.hpp"
#include "sim/scenario.hpp"

namespace bezant::sim {

/// What a link does to messages.
struct LinkQuality {
    Duration latency{};               ///< one way, of an empty message that is not lost
    const LatencyLaw* law = nullptr;  ///< of each message's latency, if it is not always the same
    Duration jitter{};                ///< added to each message, uniform in [0, jitter]
    std::uint64_t bandwidth_bps = 0;  ///< bits a second, one message after the other; 0: unlimited
    PartsPerMillion loss = 0;         ///< chance that a message must be sent again
    Duration retransmit_after{};      ///< what each loss adds to the delay
};

/// Time that so many bytes take at so many bits a second, rounded up; 0 bits a second take none.
[[nodiscard]] Duration serialisation_time(std::size_t bytes, std::uint64_t bandwidth_bps);

/// A line on which a sender puts one message after the other.
class Upload {
public:
    /// When a message that is ready at `leave` has left.
    Time send(Time leave, std::size_t bytes, std::uint64_t bandwidth_bps);

private:
    Time free_at_;  ///< the last message has left by then
};

/// One direction of a connection. It carries messages one after the other and in order, as TCP
/// does: none overtakes another, and a lost one holds up those behind it.
class LinkDirection {
public:
    /// When a message that is ready to leave at `leave` arrives. Draws from `random` only where
    /// there is a law, jitter or loss.
    Time send(Time leave, std::size_t bytes, const LinkQuality& quality, Random& random) {
        return send(upload_, leave, bytes, quality, random);
    }
    /// The same for a message that leaves on this line, which others may share.
    Time send(Upload& upload, Time leave, std::size_t bytes, const LinkQuality& quality,
              Random& random);

    /// Forgets what is under way: a new connection begins.
    void reset() { *this = {}; }

private:
    Upload upload_;
    Time last_arrival_;  ///< none arrives before
};

}  // namespace bezant::sim
