// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "node/network_address.hpp"

namespace bezant::net {

/// How many that call may be connected, and be greeted at once.
struct CallerLimits {
    std::size_t inbound_max = 125;
    /// From hosts that everybody can call: of one network group at most so many. So nobody who has
    /// one group keeps others out, neither by staying nor by never ending to greet.
    std::size_t inbound_per_group_max = 16;
    std::size_t handshakes_max = 64;
};

/// Those who have called: where they call from.
struct Callers {
    std::vector<NetworkAddress> greeting;   ///< handshakes that have not ended
    std::vector<NetworkAddress> connected;  ///< those who are leaving included
};

/// Why another from there is not let in; empty if he is. Linear in those who are there.
[[nodiscard]] std::string_view reason_to_refuse(const NetworkAddress& from, const Callers& callers,
                                                const CallerLimits& limits);

}  // namespace bezant::net
