// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "node/event.hpp"
#include "node/network_address.hpp"

namespace bezant {

/// What matters of a caller when one of them has to go.
struct Caller {
    PeerId peer;
    NetworkGroup group;
    std::uint64_t group_secret = 0;  ///< hash of the group that only we can know
    Time connected_at;
    std::optional<Duration> ping_time;  ///< the shortest; nothing if it was never measured
    std::optional<Time> payment_at;     ///< when it last brought a payment that was taken
    std::optional<Time> block_at;       ///< when it last brought a valid block
};

/// Which caller makes room for another one (Bitcoin Core's SelectNodeToEvict). Whoever fills the
/// slots of others' choice must beat honest callers in every one of these:
///
/// - 4 of secretly chosen network groups, 8 with the shortest ping times, 4 that last brought a
///   payment, 4 that last brought a block stay;
/// - of the rest, so does the half that has been there longest;
/// - of the network group that has most of those who are left, the last to come goes; of groups
/// with
///   as many, that to which someone came last.
///
/// Nothing if all stay. No two callers have the same number; their order does not matter.
[[nodiscard]] std::optional<PeerId> choose_to_evict(std::vector<Caller> callers);

}  // namespace bezant
