// SPDX-License-Identifier: Apache-2.0
#include "sim/address_directory.hpp"

#include "base/check.hpp"

namespace bezant::sim {

namespace {

constexpr std::uint16_t port_usual = 7'333;
/// Ports of callers (RFC 6335, section 6).
constexpr std::uint32_t first_dynamic_port = 49'152;
constexpr std::uint32_t dynamic_ports = 65'536 - first_dynamic_port;

constexpr std::uint32_t first_network = 11;
constexpr std::uint32_t values_of_a_byte = 256;

/// The group by the first two bytes, the place in it by the others.
NetworkAddress address_of(ParticipantId who) {
    const std::uint32_t group = who % AddressDirectory::groups;
    const std::uint32_t place = who / AddressDirectory::groups + 1;
    return {.host = ipv4_host(static_cast<Byte>(first_network + group / values_of_a_byte),
                              static_cast<Byte>(group % values_of_a_byte),
                              static_cast<Byte>(place / values_of_a_byte),
                              static_cast<Byte>(place % values_of_a_byte)),
            .port = port_usual};
}

}  // namespace

AddressDirectory::AddressDirectory(std::uint32_t participants)
    : addresses_(participants), calls_(participants) {
    for (ParticipantId who = 0; who < participants; ++who) claim(who, address_of(who));
}

void AddressDirectory::claim(ParticipantId who, const NetworkAddress& address) {
    const bool is_free = owners_.emplace(address, who).second;
    CHECK(is_free, "one participant answers at an address");
    addresses_[who].push_back(address);
}

std::optional<ParticipantId> AddressDirectory::find(const NetworkAddress& address) const {
    const auto found = owners_.find(address);
    if (found == owners_.end()) return std::nullopt;
    return found->second;
}

NetworkAddress AddressDirectory::next_origin(ParticipantId who) {
    const std::uint32_t call = calls_[who]++;
    NetworkAddress origin = addresses_[who][call % addresses_[who].size()];
    origin.port = static_cast<std::uint16_t>(first_dynamic_port + call % dynamic_ports);
    return origin;
}

}  // namespace bezant::sim
