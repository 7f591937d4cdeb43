// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/random.hpp"
#include "base/result.hpp"

namespace bezant {

/// The 16 bytes of an IPv6 address, in network order. An IPv4 address is the IPv6 address
/// ::ffff:a.b.c.d that stands for it (RFC 4291, section 2.5.5.2).
struct HostTag;
using Host = FixedBytes<HostTag, 16>;

/// Where a participant can be called. (An address that is paid to is ledger/address.hpp.)
struct NetworkAddress {
    Host host;
    std::uint16_t port = 0;

    friend auto operator<=>(const NetworkAddress&, const NetworkAddress&) = default;
};

[[nodiscard]] Host ipv4_host(Byte first, Byte second, Byte third, Byte fourth);
[[nodiscard]] bool is_ipv4(const Host& host);

/// Who can call a host, by IANA's special-purpose address registries (RFC 6890 and its updates).
enum class Reach : std::uint8_t {
    nobody,      ///< unspecified, multicast, for documents, reserved; or by way of a tunnel
    neighbours,  ///< this machine, a private network
    everybody,
};

/// Tunnels (6to4, Teredo, NAT64) count as nobody's: by them an owner of IPv4 addresses would count
/// as being in further groups. Of IPv6, only 2000::/3 has been given out.
[[nodiscard]] Reach reach_of(const Host& host);

/// Whom a participant deals with. On a network of one machine or one office, private addresses are
/// all there is; on a public one they mean something else to everyone, and are worth nothing.
enum class AddressRealm : std::uint8_t { internet, private_network };

/// Whether it makes sense to call this address, or to tell others of it. Port 0 is never called.
[[nodiscard]] bool is_routable(const NetworkAddress& address, AddressRealm realm);

/// What is likely to be in one hand: addresses of one group cost whoever wants many of them about
/// as much as one does, those of many groups cost much more. The first byte tells the kind.
struct NetworkGroupTag;
using NetworkGroup = FixedBytes<NetworkGroupTag, 19>;

/// The first 16 bits of an IPv4 address, the first 32 of an IPv6 address: what providers get, as in
/// Bitcoin Core. An address that only neighbours can call is a group of its own, port included: on
/// one machine all hosts are equal, and on a private network nobody needs to be kept from owning
/// many. In the realm of the internet such addresses are not used at all, so this opens nothing.
[[nodiscard]] NetworkGroup group_of(const NetworkAddress& address);

/// Hashes addresses for hash tables, with a secret: whoever chooses addresses shall not choose
/// where they fall.
struct AddressHasher {
    using is_avalanching = void;

    std::uint64_t secret = 0;

    std::size_t operator()(const NetworkAddress& address) const noexcept;
};

/// Why a text is not an address.
enum class NetworkAddressFault : std::uint8_t {
    no_port,
    bad_port,  ///< not a number from 1 to 65535, or one that begins with 0
    no_closing_bracket,
    bad_ipv4,          ///< not four numbers from 0 to 255 without leading zeros
    bad_ipv6,          ///< not eight groups of up to four hexadecimal digits; :: may stand for some
    ipv4_in_brackets,  ///< an IPv4 address written as an IPv6 address
};
[[nodiscard]] std::string_view to_text(NetworkAddressFault fault);

/// "1.2.3.4:7333", "[2001:db8::1]:7333": of an IPv6 address the form of RFC 5952.
[[nodiscard]] std::string to_text(const NetworkAddress& address);

/// Reads the same, and any form of RFC 4291, section 2.2, of an IPv6 address but that with an IPv4
/// address inside. Names of hosts are for whoever can look them up.
[[nodiscard]] Result<NetworkAddress, NetworkAddressFault> network_address_from_text(
    std::string_view text);

inline std::size_t AddressHasher::operator()(const NetworkAddress& address) const noexcept {
    std::array<std::uint64_t, 2> halves{};
    std::memcpy(halves.data(), address.host.data(), Host::size_bytes);
    return mix_bits(mix_bits(mix_bits(secret ^ halves[0]) ^ halves[1]) + secret + address.port);
}

}  // namespace bezant
