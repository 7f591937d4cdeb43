// SPDX-License-Identifier: Apache-2.0
#include "node/network_address.hpp"

#include <algorithm>
#include <initializer_list>

namespace bezant {

namespace {

constexpr std::size_t ipv4_at = 12;  ///< where the four bytes of an IPv4 address begin

/// Kinds of groups: their first byte.
constexpr Byte group_of_its_own = 0;
constexpr Byte group_of_ipv4 = 4;
constexpr Byte group_of_ipv6 = 6;
constexpr std::size_t ipv4_group_bytes = 2;
constexpr std::size_t ipv6_group_bytes = 4;

/// Hosts whose first bits are these.
struct AddressBlock {
    std::array<Byte, Host::size_bytes> first{};
    unsigned bits = 0;
    Reach reach{};

    [[nodiscard]] constexpr bool contains(const Host& host) const {
        const std::size_t whole = bits / 8;
        if (!std::equal(first.begin(), first.begin() + whole, host.bytes.begin())) return false;
        const unsigned left = bits % 8;
        return left == 0 || (host.bytes[whole] ^ first[whole]) >> (8U - left) == 0;
    }
};

constexpr AddressBlock ipv6(std::initializer_list<Byte> bytes, unsigned bits, Reach reach) {
    AddressBlock block{.bits = bits, .reach = reach};
    std::ranges::copy(bytes, block.first.begin());
    return block;
}

constexpr AddressBlock ipv4(std::initializer_list<Byte> bytes, unsigned bits, Reach reach) {
    AddressBlock block{.bits = 8 * static_cast<unsigned>(ipv4_at) + bits, .reach = reach};
    block.first[10] = 0xff;
    block.first[11] = 0xff;
    std::ranges::copy(bytes, block.first.begin() + ipv4_at);
    return block;
}

constexpr AddressBlock loopback_ipv6{.first = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1},
                                     .bits = 128,
                                     .reach = Reach::neighbours};

/// The first that holds a host tells.
constexpr std::array blocks = {
    ipv4({0}, 8, Reach::nobody),                        // "this network", RFC 791
    ipv4({10}, 8, Reach::neighbours),                   // private, RFC 1918
    ipv4({100, 64}, 10, Reach::neighbours),             // behind a provider's NAT, RFC 6598
    ipv4({127}, 8, Reach::neighbours),                  // this machine, RFC 1122
    ipv4({169, 254}, 16, Reach::neighbours),            // link-local, RFC 3927
    ipv4({172, 16}, 12, Reach::neighbours),             // private, RFC 1918
    ipv4({192, 0, 0}, 24, Reach::nobody),               // protocol assignments, RFC 6890
    ipv4({192, 0, 2}, 24, Reach::nobody),               // for documents, RFC 5737
    ipv4({192, 88, 99}, 24, Reach::nobody),             // 6to4 relays, RFC 7526
    ipv4({192, 168}, 16, Reach::neighbours),            // private, RFC 1918
    ipv4({198, 18}, 15, Reach::neighbours),             // measuring equipment, RFC 2544
    ipv4({198, 51, 100}, 24, Reach::nobody),            // for documents, RFC 5737
    ipv4({203, 0, 113}, 24, Reach::nobody),             // for documents, RFC 5737
    ipv4({224}, 3, Reach::nobody),                      // multicast, reserved, broadcast: RFC 1112
    ipv4({}, 0, Reach::everybody),                      // all other IPv4
    loopback_ipv6,                                      // this machine, RFC 4291
    ipv6({0xfc}, 7, Reach::neighbours),                 // private, RFC 4193
    ipv6({0x20, 0x01, 0x00}, 23, Reach::nobody),        // protocol assignments, Teredo: RFC 2928
    ipv6({0x20, 0x01, 0x0d, 0xb8}, 32, Reach::nobody),  // for documents, RFC 3849
    ipv6({0x20, 0x02}, 16, Reach::nobody),              // 6to4, RFC 7526
    ipv6({0x3f, 0xff, 0x00}, 20, Reach::nobody),        // for documents, RFC 9637
    ipv6({0x20}, 3, Reach::everybody),                  // global unicast, RFC 4291
    ipv6({}, 0, Reach::nobody),                         // all that has not been given out
};

}  // namespace

Host ipv4_host(Byte first, Byte second, Byte third, Byte fourth) {
    return {.bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, first, second, third, fourth}};
}

bool is_ipv4(const Host& host) {
    return std::ranges::equal(host.view().first(ipv4_at),
                              ipv4_host(0, 0, 0, 0).view().first(ipv4_at));
}

Reach reach_of(const Host& host) {
    return std::ranges::find_if(blocks,
                                [&](const AddressBlock& block) { return block.contains(host); })
        ->reach;
}

bool is_routable(const NetworkAddress& address, AddressRealm realm) {
    if (address.port == 0) return false;
    const Reach reach = reach_of(address.host);
    return reach == Reach::everybody ||
           (reach == Reach::neighbours && realm == AddressRealm::private_network);
}

NetworkGroup group_of(const NetworkAddress& address) {
    NetworkGroup group;
    const auto prefix = group.bytes.begin() + 1;
    if (reach_of(address.host) != Reach::everybody) {
        group.bytes[0] = group_of_its_own;
        std::ranges::copy(address.host.bytes, prefix);
        group.bytes[1 + Host::size_bytes] = static_cast<Byte>(address.port);
        group.bytes[2 + Host::size_bytes] = static_cast<Byte>(address.port >> 8U);
    } else if (is_ipv4(address.host)) {
        group.bytes[0] = group_of_ipv4;
        std::ranges::copy(address.host.view().subspan(ipv4_at, ipv4_group_bytes), prefix);
    } else {
        group.bytes[0] = group_of_ipv6;
        std::ranges::copy(address.host.view().first(ipv6_group_bytes), prefix);
    }
    return group;
}

}  // namespace bezant
