// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "ledger/codec.hpp"
#include "node/network_address.hpp"

namespace bezant {

/// Bytes of a host and a port, and of these and a time before them.
inline constexpr std::size_t network_address_bytes = Host::size_bytes + 2;
inline constexpr std::size_t heard_address_bytes = 4 + network_address_bytes;

inline void encode(Encoder& out, const NetworkAddress& address) {
    out.raw(address.host.view());
    out.u16(address.port);
}

/// The names are those of the fields in docs/formats.md.
[[nodiscard]] inline NetworkAddress decode_network_address(Decoder& in, std::string_view host_field,
                                                           std::string_view port_field) {
    NetworkAddress address;
    address.host = in.fixed<Host>(host_field);
    address.port = in.u16(port_field);
    return address;
}

}  // namespace bezant
