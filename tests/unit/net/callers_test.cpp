// SPDX-License-Identifier: Apache-2.0
#include "net/callers.hpp"

#include <gtest/gtest.h>

#include "tests/support/network_addresses.hpp"

namespace bezant::net {
namespace {

constexpr CallerLimits limits{.inbound_max = 20, .inbound_per_group_max = 4, .handshakes_max = 10};

std::string_view reason(const NetworkAddress& from, const Callers& callers) {
    return reason_to_refuse(from, callers, limits);
}

NetworkAddress on_this_machine(std::uint16_t port) {
    return {.host = ipv4_host(127, 0, 0, 1), .port = port};
}

TEST(Callers, OfOneGroupAreFewWhetherTheyGreetOrNot) {
    Callers callers;
    for (std::uint16_t i = 0; i < 4; ++i) {
        EXPECT_EQ(reason(test::address_in(7, i), callers), "");
        (i % 2 == 0 ? callers.greeting : callers.connected).push_back(test::address_in(7, i));
    }
    EXPECT_EQ(reason(test::address_in(7, 4), callers), "too many of its group have called");
    EXPECT_EQ(reason(test::address_in(8, 0), callers), "");
}

TEST(Callers, OfOneMachineAreAsManyAsThereMayBe) {
    Callers callers;
    for (std::uint16_t port = 0; port < 10; ++port)
        callers.connected.push_back(on_this_machine(port));
    EXPECT_EQ(reason(on_this_machine(10), callers), "");
}

TEST(Callers, AreSoManyInAll) {
    Callers callers;
    for (std::uint32_t group = 0; group < 9; ++group)
        callers.greeting.push_back(test::address_in(group, 0));
    for (std::uint32_t group = 9; group < 19; ++group)
        callers.connected.push_back(test::address_in(group, 0));
    EXPECT_EQ(reason(test::address_in(50, 0), callers), "");
    Callers greeting = callers;
    greeting.greeting.push_back(test::address_in(19, 0));
    EXPECT_EQ(reason(test::address_in(50, 0), greeting), "too many are being greeted");
    callers.connected.push_back(test::address_in(19, 0));
    EXPECT_EQ(reason(test::address_in(50, 0), callers), "too many have called");
}

}  // namespace
}  // namespace bezant::net
