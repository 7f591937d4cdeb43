// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/random.hpp"
#include "node/address_book.hpp"

namespace bezant::test {

/// An address of this group of the public internet (below 6,000): 11.0.0.0/16 is group 0.
inline NetworkAddress address_in(std::uint32_t group, std::uint32_t number,
                                 std::uint16_t port = 7333) {
    return {.host = ipv4_host(static_cast<Byte>(11 + group / 256), static_cast<Byte>(group),
                              static_cast<Byte>(number / 256), static_cast<Byte>(number)),
            .port = port};
}

inline AddressSecret secret_of(std::uint64_t seed) {
    Random random{seed};
    AddressSecret secret;
    for (Byte& byte : secret.bytes) byte = static_cast<Byte>(random.next());
    return secret;
}

}  // namespace bezant::test
