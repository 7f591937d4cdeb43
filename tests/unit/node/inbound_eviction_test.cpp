// SPDX-License-Identifier: Apache-2.0
// Which caller makes room when the slots of others' choice are full.
#include "node/inbound_eviction.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "tests/seeds.hpp"
#include "tests/support/network_addresses.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

Time at(std::int64_t second) { return from_unix_seconds(1'000'000 + second); }

/// Callers who came one a second, each of a group of his own, with nothing to say for them.
std::vector<Caller> strangers(std::uint32_t count) {
    std::vector<Caller> callers;
    for (std::uint32_t i = 0; i < count; ++i)
        callers.push_back({.peer = PeerId{i},
                           .group = group_of(address_in(i, 1)),
                           .group_secret = i,
                           .connected_at = at(i),
                           .ping_time = std::nullopt,
                           .payment_at = std::nullopt,
                           .block_at = std::nullopt});
    return callers;
}

TEST(InboundEviction, AFewAreAlwaysKept) {
    EXPECT_EQ(choose_to_evict({}), std::nullopt);
    EXPECT_EQ(choose_to_evict(strangers(4)), std::nullopt) << "four secret groups are kept";
    EXPECT_NE(choose_to_evict(strangers(5)), std::nullopt);
}

TEST(InboundEviction, TheLastToComeOfTheLargestGroupGoes) {
    auto callers = strangers(40);
    for (const std::uint32_t i : {22U, 25U, 30U}) callers[i].group = group_of(address_in(999, i));
    EXPECT_EQ(choose_to_evict(callers), PeerId{30});
}

TEST(InboundEviction, TheHalfThatWasThereLongestStaysWhateverItsGroups) {
    auto callers = strangers(44);
    for (std::uint32_t i = 0; i < 20; ++i) callers[i].group = group_of(address_in(999, i));
    EXPECT_EQ(choose_to_evict(callers), PeerId{39});
}

TEST(InboundEviction, OfGroupsOfOneSizeTheOneToWhichSomeoneCameLast) {
    EXPECT_EQ(choose_to_evict(strangers(40)), PeerId{35})
        << "the last four are kept by their groups";
}

TEST(InboundEviction, TheUsefulStay) {
    const auto spares = [](auto make_useful) {
        auto callers = strangers(60);
        for (Caller& caller : callers) caller.group_secret = 60 - caller.peer.value;
        Caller& last = callers.back();
        EXPECT_EQ(choose_to_evict(callers), last.peer);
        make_useful(last);
        return choose_to_evict(callers) != last.peer;
    };
    EXPECT_TRUE(spares([](Caller& caller) { caller.group_secret = 1'000; }));
    EXPECT_TRUE(spares([](Caller& caller) { caller.ping_time = milliseconds(900); }));
    EXPECT_TRUE(spares([](Caller& caller) { caller.payment_at = at(0); }));
    EXPECT_TRUE(spares([](Caller& caller) { caller.block_at = at(0); }));
    EXPECT_TRUE(spares([](Caller& caller) { caller.connected_at = at(-1); }));
}

TEST(InboundEviction, NobodyIsSparedForBeingSlow) {
    auto callers = strangers(60);
    for (Caller& caller : callers) {
        caller.group_secret = 60 - caller.peer.value;
        caller.ping_time = milliseconds(100 + caller.peer.value);
    }
    EXPECT_EQ(choose_to_evict(callers), PeerId{59});
}

TEST(InboundEviction, TheirOrderDoesNotMatter) {
    for (std::uint64_t seed = 1; seed <= seeds_to_try(200); ++seed) {
        Random random{seed};
        auto callers = strangers(static_cast<std::uint32_t>(random.below(80)));
        for (Caller& caller : callers) {
            caller.group = group_of(address_in(static_cast<std::uint32_t>(random.below(9)), 1));
            caller.group_secret = random.below(4);
            caller.connected_at = at(random.between(0, 5));
            if (random.chance(1, 3)) caller.ping_time = seconds(random.between(0, 3));
            if (random.chance(1, 3)) caller.payment_at = at(random.between(0, 3));
            if (random.chance(1, 3)) caller.block_at = at(random.between(0, 3));
        }
        const auto evicted = choose_to_evict(callers);
        random.shuffle(callers);
        ASSERT_EQ(choose_to_evict(callers), evicted) << seed;
    }
}

// An attacker who opens connections from one group cannot push out those who were there.
TEST(InboundEviction, AFloodFromOneGroupPushesOutItself) {
    std::vector<Caller> callers = strangers(100);
    for (std::uint32_t i = 100; i < 1'000; ++i) {
        callers.push_back(callers.front());
        callers.back().peer = PeerId{i};
        callers.back().group = group_of(address_in(5'000, i));
        callers.back().group_secret = 0;
        callers.back().connected_at = at(i);
        if (callers.size() <= 117) continue;
        const PeerId evicted = choose_to_evict(callers).value();
        ASSERT_GE(evicted, PeerId{100});
        std::erase_if(callers, [&](const Caller& caller) { return caller.peer == evicted; });
    }
}

class InboundSlots : public testing::Test {
protected:
    /// Five near ones, who are worth keeping.
    std::vector<std::shared_ptr<Stranger>> fill() {
        std::vector<std::shared_ptr<Stranger>> callers;
        for (std::uint32_t i = 0; i < 5; ++i) {
            callers.push_back(network.stranger(0, true, {}, address_in(i, 1)));
            network.run_for(seconds(1));
        }
        return callers;
    }
    void give_addresses(std::uint32_t count) {
        for (std::uint32_t i = 0; i < count; ++i)
            network.happen(0, AddressesGiven{{address_in(100 + i, 1)}});
    }

    TestNetwork network{1, {.options = {.inbound_slots = 5}}};
};

TEST_F(InboundSlots, WhoComesWhenAllAreWorthKeepingIsRefused) {
    const auto callers = fill();
    for (const auto& caller : callers) {
        EXPECT_TRUE(caller->connected);
        EXPECT_EQ(caller->heard<Ping>().size(), 1U) << "how far away they are is measured";
    }
    const auto sixth = network.stranger(0, false, {}, address_in(9, 1));
    std::size_t connected = sixth->connected ? 1 : 0;
    for (const auto& caller : callers) connected += caller->connected ? 1U : 0U;
    EXPECT_EQ(connected, 5U);
    EXPECT_TRUE(network.effects(0).of_kind("peer_dropped").empty()) << "it is nobody's fault";
}

TEST_F(InboundSlots, TheRefusedLearnsWhatHeWouldHaveBeenTold) {
    give_addresses(200);
    const auto callers = fill();
    network.says(*callers.front(), GetAddresses{});
    const auto sixth = network.stranger(0, false, {}, address_in(9, 1));
    EXPECT_FALSE(sixth->connected) << "five near ones are kept";
    ASSERT_EQ(sixth->inbox.size(), 2U);
    EXPECT_TRUE(std::holds_alternative<Hello>(sixth->inbox[0]));
    EXPECT_EQ(sixth->heard<Addresses>(), callers.front()->heard<Addresses>())
        << "and no more than anybody who asks, however often he comes";
    EXPECT_GT(sixth->heard<Addresses>().at(0).addresses.size(), 40U);
    EXPECT_EQ(network.stranger(0, true, {}, address_in(10, 1))->heard<Addresses>(),
              sixth->heard<Addresses>());
}

TEST_F(InboundSlots, WhoMakesRoomIsToldBeforeUnlessHeHasAsked) {
    TestNetwork wide{1, {.options = {.inbound_slots = 12}}};
    wide.happen(0, AddressesGiven{{address_in(500, 1)}});
    for (const bool asks : {false, true}) {
        std::vector<std::shared_ptr<Stranger>> callers;
        for (std::uint32_t i = 0; i < 40; ++i) {
            callers.push_back(wide.stranger(0, true, {}, address_in(i, 1)));
            if (asks) wide.says(*callers.back(), GetAddresses{});
        }
        std::size_t evicted = 0;
        for (const auto& caller : callers) {
            const bool is_told = asks || !caller->connected;
            EXPECT_EQ(caller->heard<Addresses>().size(), is_told ? 1U : 0U);
            evicted += caller->connected ? 0U : 1U;
        }
        EXPECT_GE(evicted, 28U);
        for (const auto& caller : callers)
            if (caller->connected) wide.hang_up(*caller);
        wide.run_for(seconds(1));
    }
}

}  // namespace
}  // namespace bezant::test
