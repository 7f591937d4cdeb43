// SPDX-License-Identifier: Apache-2.0
#include "net/callers.hpp"

#include <algorithm>

namespace bezant::net {

std::string_view reason_to_refuse(const NetworkAddress& from, const Callers& callers,
                                  const CallerLimits& limits) {
    const auto& [greeting, connected] = callers;
    if (greeting.size() >= limits.handshakes_max) return "too many are being greeted";
    if (greeting.size() + connected.size() >= limits.inbound_max) return "too many have called";
    if (reach_of(from.host) != Reach::everybody) return {};
    const auto of_group = [group = group_of(from)](const NetworkAddress& other) {
        return group_of(other) == group;
    };
    const auto count =
        std::ranges::count_if(greeting, of_group) + std::ranges::count_if(connected, of_group);
    if (static_cast<std::size_t>(count) < limits.inbound_per_group_max) return {};
    return "too many of its group have called";
}

}  // namespace bezant::net
