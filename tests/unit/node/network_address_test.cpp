// SPDX-License-Identifier: Apache-2.0
// Addresses: who can call them, what is in one hand, and how people write them.
#include "node/network_address.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "tests/seeds.hpp"

namespace bezant::test {
namespace {

NetworkAddress at(std::string_view text) { return network_address_from_text(text).value(); }

Reach reach(const std::string& host) { return reach_of(at(host + ":1").host); }

std::string fault_of(std::string_view text) {
    const auto address = network_address_from_text(text);
    return address ? "none" : std::string{to_text(address.error())};
}

TEST(NetworkAddress, WhoCanCallAHost) {
    for (const auto* host :
         {"1.2.3.4", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1", "223.255.255.255",
          "192.0.1.1", "198.20.0.0", "[2001:200::]", "[2a00:1450::1]", "[3ffe::1]", "[2003::]"})
        EXPECT_EQ(reach(host), Reach::everybody) << host;
    for (const auto* host : {"10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1",
                             "169.254.1.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
                             "198.18.0.1", "198.19.255.255", "[::1]", "[fc00::1]", "[fdff::1]"})
        EXPECT_EQ(reach(host), Reach::neighbours) << host;
    for (const auto* host :
         {"0.0.0.0",       "0.1.2.3",          "192.0.0.1", "192.0.2.1",          "192.88.99.1",
          "198.51.100.7",  "203.0.113.9",      "224.0.0.1", "255.255.255.255",    "[::]",
          "[::2]",         "[fe80::1]",        "[ff02::1]", "[2001::1]",          "[2001:1ff::]",
          "[2001:db8::1]", "[2002:102:304::]", "[3fff::1]", "[64:ff9b::102:304]", "[4000::]"})
        EXPECT_EQ(reach(host), Reach::nobody) << host;
}

TEST(NetworkAddress, PrivateAddressesAreWorthSomethingOnPrivateNetworksOnly) {
    EXPECT_TRUE(is_routable(at("1.2.3.4:1"), AddressRealm::internet));
    EXPECT_TRUE(is_routable(at("1.2.3.4:1"), AddressRealm::private_network));
    EXPECT_FALSE(is_routable(at("127.0.0.1:1"), AddressRealm::internet));
    EXPECT_TRUE(is_routable(at("127.0.0.1:1"), AddressRealm::private_network));
    EXPECT_FALSE(is_routable(at("192.0.2.1:1"), AddressRealm::private_network));
    EXPECT_FALSE(is_routable({.host = ipv4_host(1, 2, 3, 4), .port = 0}, AddressRealm::internet));
}

TEST(NetworkAddress, GroupsAreWhatProvidersGet) {
    const auto same = [](std::string_view left, std::string_view right) {
        return group_of(at(left)) == group_of(at(right));
    };
    EXPECT_TRUE(same("1.2.3.4:1", "1.2.250.9:2"));
    EXPECT_FALSE(same("1.2.3.4:1", "1.3.3.4:1"));
    EXPECT_TRUE(same("[2a00:1450:1::]:1", "[2a00:1450:ffff::9]:2"));
    EXPECT_FALSE(same("[2a00:1450::]:1", "[2a00:1451::]:1"));
    EXPECT_FALSE(same("127.0.0.1:1", "127.0.0.1:2")) << "on one machine all hosts are equal";
    EXPECT_FALSE(same("10.0.0.1:1", "10.0.0.2:1"));
    EXPECT_TRUE(same("10.0.0.1:1", "10.0.0.1:1"));
    EXPECT_FALSE(same("42.0.20.80:1", "[2a00:1450::]:1"));
}

TEST(NetworkAddress, IsWrittenAsPeopleWriteIt) {
    for (const auto* text :
         {"1.2.3.4:7333", "255.255.255.255:65535", "0.0.0.0:1", "[::]:1", "[::1]:7333",
          "[2001:db8::1]:80", "[2001:db8:0:1:1:1:1:1]:1", "[2001:0:0:1::1]:1", "[1::]:1",
          "[2001:db8::1:0:0:1]:1", "[1:2:3:4:5:6:7:8]:9"})
        EXPECT_EQ(to_text(at(text)), text);
    EXPECT_EQ(to_text(at("[2001:DB8:0:0:0:0:0:01]:1")), "[2001:db8::1]:1");
    EXPECT_EQ(to_text(at("[1:0:0:2:0:0:0:3]:1")), "[1:0:0:2::3]:1");
    EXPECT_EQ(to_text(at("[0:0:0:0:0:0:0:1]:1")), "[::1]:1");
    EXPECT_TRUE(is_ipv4(at("1.2.3.4:1").host));
}

TEST(NetworkAddress, WhatIsNotOneIsToldWhy) {
    const auto says = [](NetworkAddressFault fault) { return std::string{to_text(fault)}; };
    for (const auto* text : {"", "1.2.3.4", "example"})
        EXPECT_EQ(fault_of(text), says(NetworkAddressFault::no_port)) << text;
    for (const auto* text :
         {"1.2.3.4:", "1.2.3.4:0", "1.2.3.4:65536", "1.2.3.4:080", "1.2.3.4:+1", "1.2.3.4:1 ",
          "1.2.3.4:99999999999", "[::1]:", "[::1]:x", "1.2.3.4:1:2"})
        EXPECT_EQ(fault_of(text), says(NetworkAddressFault::bad_port)) << text;
    for (const auto* text : {"[::1", "[::1]", "[::1]7333", "["})
        EXPECT_EQ(fault_of(text), says(NetworkAddressFault::no_closing_bracket)) << text;
    for (const auto* text :
         {":1", "1.2.3:1", "1.2.3.4.5:1", "1.2.3.256:1", "1.2.3.04:1", "1.2..4:1", "a.b.c.d:1",
          "1.2.3.-4:1", " 1.2.3.4:1", "::1:7333", "localhost:1"})
        EXPECT_EQ(fault_of(text), says(NetworkAddressFault::bad_ipv4)) << text;
    for (const auto* text : {"[]:1", "[:]:1", "[:::]:1", "[1::2::3]:1", "[1:2:3:4:5:6:7]:1",
                             "[1:2:3:4:5:6:7:8:9]:1", "[1::2:3:4:5:6:7:8]:1", "[12345::]:1",
                             "[g::]:1", "[::1%eth0]:1", "[::1.2.3.4]:1", "[1:]:1", "[:1]:1"})
        EXPECT_EQ(fault_of(text), says(NetworkAddressFault::bad_ipv6)) << text;
    EXPECT_EQ(fault_of("[::ffff:102:304]:1"), says(NetworkAddressFault::ipv4_in_brackets));
}

TEST(NetworkAddress, WhatIsWrittenIsRead) {
    Random random{3};
    for (std::uint64_t i = 0; i < seeds_to_try(2'000); ++i) {
        NetworkAddress address;
        for (Byte& byte : address.host.bytes)
            byte = random.chance(1, 2) ? static_cast<Byte>(random.next()) : Byte{0};
        if (random.chance(1, 3))
            address.host = ipv4_host(address.host.bytes[0], address.host.bytes[1],
                                     address.host.bytes[2], address.host.bytes[3]);
        address.port = static_cast<std::uint16_t>(random.between(1, 65'535));
        ASSERT_EQ(at(to_text(address)), address) << to_text(address);
    }
}

}  // namespace
}  // namespace bezant::test
