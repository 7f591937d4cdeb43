// SPDX-License-Identifier: Apache-2.0
// What is told of addresses, taken, and passed on.
#include "node/address_exchange.hpp"

#include <gtest/gtest.h>

#include <set>

#include "node/limits.hpp"
#include "tests/support/network_addresses.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

class Exchange : public testing::Test {
protected:
    std::shared_ptr<Stranger> caller(std::uint32_t group) {
        return network.stranger(0, true, {}, address_in(group, 1, 50'000));
    }
    [[nodiscard]] HeardAddress heard(std::uint32_t group, std::uint32_t number = 1,
                                     Duration ago = {}) const {
        return {.address = address_in(group, number), .heard_at = seconds_of(network.now() - ago)};
    }
    /// So many addresses in as many groups.
    [[nodiscard]] std::vector<HeardAddress> many(std::size_t count) const {
        std::vector<HeardAddress> all;
        while (all.size() < count)
            all.push_back(heard(static_cast<std::uint32_t>(100 + all.size()), 1, seconds(3'600)));
        return all;
    }
    void give(std::size_t count) {
        std::vector<NetworkAddress> all;
        for (const HeardAddress& each : many(count)) all.push_back(each.address);
        network.happen(0, AddressesGiven{all});
    }
    [[nodiscard]] const AddressBook& book() { return network[0].addresses(); }
    static std::size_t told(const Stranger& stranger) {
        std::size_t count = 0;
        for (const Addresses& message : stranger.heard<Addresses>())
            count += message.addresses.size();
        return count;
    }
    std::string dropped_for() {
        const auto dropped = network.effects(0).of_kind("peer_dropped");
        return dropped.empty() ? "" : dropped.back().detail;
    }

    TestNetwork network{1};
};

TEST_F(Exchange, WhoAsksGetsAShareOfWhatIsKnown) {
    give(400);
    const std::size_t known = book().size();
    const auto stranger = caller(1);
    network.says(*stranger, GetAddresses{});
    ASSERT_EQ(stranger->heard<Addresses>().size(), 1U);
    EXPECT_EQ(told(*stranger), (known * 23 + 99) / 100);
}

TEST_F(Exchange, AnAnswerIsNeverLongerThanAMessage) {
    for (std::uint32_t i = 0; i < 6'000; ++i)
        network.happen(0, AddressesGiven{{address_in(i, i % 250)}});
    ASSERT_GT(book().size(), 4'500U);
    const auto stranger = caller(1);
    network.says(*stranger, GetAddresses{});
    EXPECT_EQ(told(*stranger), addresses_per_message_max);
}

TEST_F(Exchange, AllGetTheSameAnswerForADay) {
    give(300);
    const auto first = caller(1);
    network.says(*first, GetAddresses{});
    network.happen(0, AddressesGiven{{address_in(5'000, 1)}});
    network.run_for(seconds(80'000));
    const auto second = caller(2);
    network.says(*second, GetAddresses{});
    EXPECT_EQ(second->heard<Addresses>(), first->heard<Addresses>());
    network.run_for(seconds(10'000));
    const auto third = caller(3);
    network.says(*third, GetAddresses{});
    EXPECT_NE(third->heard<Addresses>(), first->heard<Addresses>());
}

TEST_F(Exchange, AnAnswerIsDrawnAnewWhenMuchMoreIsKnown) {
    const auto first = caller(1);
    network.says(*first, GetAddresses{});
    EXPECT_EQ(first->heard<Addresses>(), (std::vector<Addresses>{{}}))
        << "there is always an answer";
    give(10);
    const auto second = caller(2);
    network.says(*second, GetAddresses{});
    EXPECT_EQ(told(*second), (book().size() * 23 + 99) / 100);
}

TEST_F(Exchange, OneMayAskOnce) {
    const auto stranger = caller(1);
    network.says(*stranger, GetAddresses{});
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(stranger->connected) << i;
        network.says(*stranger, GetAddresses{});
    }
    EXPECT_EQ(stranger->heard<Addresses>().size(), 1U);
    EXPECT_FALSE(stranger->connected);
    EXPECT_EQ(dropped_for(), "unexpected_message");
}

TEST_F(Exchange, WhomWeCalledGetsNoAnswer) {
    TestNetwork calling{1, {.options = {.outbound_slots = 1}}};
    const auto listener = calling.listener(address_in(1, 1));
    calling.happen(0, AddressesGiven{{address_in(1, 1)}});
    calling.run_for(seconds(1));
    calling.says(*listener, calling.hello());
    calling.says(*listener, GetAddresses{});
    EXPECT_TRUE(listener->heard<Addresses>().empty());
}

TEST_F(Exchange, TooManyInAMessageAreRefused) {
    const auto stranger = caller(1);
    network.says(*stranger, Addresses{.addresses = many(addresses_per_message_max + 1)});
    EXPECT_EQ(dropped_for(), "too_large_message");
    EXPECT_EQ(book().size(), 0U);
}

TEST_F(Exchange, NobodyCanTellOfMoreThanATenthOfAnAddressASecond) {
    const auto stranger = caller(1);
    network.says(*stranger, Addresses{.addresses = many(1'000)});
    EXPECT_EQ(book().size(), 1U) << "the first comes on credit";
    network.run_for(seconds(100));
    network.says(*stranger, Addresses{.addresses = many(1'000)});
    EXPECT_LE(book().size(), 11U);
    EXPECT_GE(book().size(), 6U);
    EXPECT_TRUE(stranger->connected);
}

TEST_F(Exchange, WhatWasAskedForMayBeLong) {
    TestNetwork calling{1, {.options = {.outbound_slots = 1}}};
    const auto listener = calling.listener(address_in(1, 1));
    calling.happen(0, AddressesGiven{{address_in(1, 1)}});
    calling.run_for(seconds(1));
    calling.says(*listener, calling.hello());
    calling.says(*listener, Addresses{.addresses = many(1'000)});
    EXPECT_GT(calling[0].addresses().size(), 700U) << "but for those that fall into one place";
    EXPECT_LE(calling[0].addresses().new_table().size(), 1'001U);
}

TEST_F(Exchange, FreshNewsOfFewGoToTwoNeighboursTheSameAllDay) {
    std::vector<std::shared_ptr<Stranger>> strangers;
    for (std::uint32_t i = 0; i < 10; ++i) strangers.push_back(caller(i));
    network.says(*strangers[0], Addresses{.addresses = {heard(50)}});
    network.run_for(seconds(600));
    std::size_t knowing = 0;
    for (const auto& stranger : strangers) knowing += told(*stranger);
    EXPECT_EQ(knowing, 2U);
    EXPECT_EQ(told(*strangers[0]), 0U) << "not back to who told";
    network.says(*strangers[1], Addresses{.addresses = {heard(50)}});
    network.run_for(seconds(600));
    knowing = 0;
    for (const auto& stranger : strangers) knowing += told(*stranger);
    EXPECT_EQ(knowing, 2U) << "once a day";
}

TEST_F(Exchange, WhatIsStaleManyOrUnroutableIsNotPassedOn) {
    const auto stranger = caller(1);
    const auto other = caller(2);
    network.run_for(seconds(300));
    network.says(*stranger, Addresses{.addresses = {heard(50, 1, seconds(700))}});
    std::vector<HeardAddress> eleven;
    for (std::uint32_t i = 0; i < 11; ++i) eleven.push_back(heard(60 + i));
    network.says(*stranger, Addresses{.addresses = eleven});
    network.says(*stranger,
                 Addresses{.addresses = {{.address = {.host = ipv4_host(10, 0, 0, 1), .port = 1},
                                          .heard_at = seconds_of(network.now())}}});
    network.run_for(seconds(600));
    EXPECT_EQ(told(*other), 0U);
}

TEST_F(Exchange, MomentsThatCannotBeAreTakenAsOld) {
    const auto stranger = caller(1);
    HeardAddress future = heard(50);
    future.heard_at += 10'000;
    network.says(*stranger, Addresses{.addresses = {future}});
    EXPECT_LT(book().find(future.address)->heard_at,
              seconds_of(network.now() - seconds(4 * 86'400)));
}

TEST_F(Exchange, WhoseAddressIsNotKnownIsNotListenedTo) {
    const auto stranger = network.stranger(0);
    network.says(*stranger, Addresses{.addresses = {heard(50)}});
    EXPECT_EQ(book().size(), 0U);
    EXPECT_TRUE(stranger->connected);
}

TEST_F(Exchange, WhoCanBeCalledTellsSo) {
    TestNetwork open{1, {.options = {.advertised_address = address_in(9, 1)}}};
    const auto stranger = open.stranger(0, true, {}, address_in(1, 1));
    open.run_for(seconds(600));
    ASSERT_EQ(stranger->heard<Addresses>().size(), 1U);
    EXPECT_EQ(stranger->heard<Addresses>()[0].addresses.at(0).address, address_in(9, 1));
    open.run_for(seconds(5 * 86'400));
    EXPECT_GE(stranger->heard<Addresses>().size(), 3U) << "once a day, on average";
    EXPECT_LE(stranger->heard<Addresses>().size(), 14U);
    open.says(*stranger, Addresses{.addresses = {heard(9)}});
    EXPECT_EQ(open[0].addresses().size(), 0U) << "one's own address is not kept";
}

TEST_F(Exchange, NobodyHearsOfAddressesWhereNobodyHasOne) {
    TestNetwork fixed{3};
    fixed.line();
    fixed.run_for(seconds(10'000));
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(fixed[i].addresses().memory_bytes(), 0U);
    EXPECT_EQ(fixed.effects(0).transcript.find("send 1 0f"), std::string::npos);
}

}  // namespace
}  // namespace bezant::test
