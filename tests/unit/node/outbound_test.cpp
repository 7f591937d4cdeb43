// SPDX-License-Identifier: Apache-2.0
// Whom a participant calls.
#include "node/outbound.hpp"

#include <gtest/gtest.h>

#include <set>

#include "node/limits.hpp"
#include "tests/seeds.hpp"
#include "tests/support/network_addresses.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

class Calling : public testing::Test {
protected:
    static TestNetwork::Settings settings() { return {.options = {.outbound_slots = 4}}; }
    void give(std::vector<NetworkAddress> addresses) {
        network.happen(0, AddressesGiven{std::move(addresses)});
    }
    /// Somebody who answers calls there, and greets once he is called.
    std::shared_ptr<Stranger> listener(const NetworkAddress& address) {
        listeners.emplace_back(address, network.listener(address));
        return listeners.back().second;
    }
    /// Time passes; whoever was called says hello.
    void run_for(Duration span) {
        for (const Time end = network.now() + span; network.now() < end;) {
            network.run_for(seconds(1));
            for (const auto& [address, stranger] : listeners) {
                if (!stranger->connected || greeted[address] == stranger->seen_as) continue;
                greeted[address] = stranger->seen_as;
                network.says(*stranger, network.hello());
            }
        }
    }
    [[nodiscard]] std::vector<NetworkAddress> connected() const {
        std::vector<NetworkAddress> addresses;
        for (const auto& [address, stranger] : listeners) {
            if (stranger->connected) addresses.push_back(address);
        }
        return addresses;
    }

    TestNetwork network{1, settings()};
    std::vector<std::pair<NetworkAddress, std::shared_ptr<Stranger>>> listeners;
    std::map<NetworkAddress, PeerId> greeted;
};

TEST_F(Calling, NobodyIsCalledWithoutSlots) {
    TestNetwork quiet{1};
    quiet.happen(0, AddressesGiven{{address_in(1, 1)}});
    quiet.run_for(seconds(1'000));
    EXPECT_TRUE(quiet.calls().empty());
}

TEST_F(Calling, SlotsAreFilledOverDistinctGroups) {
    std::vector<NetworkAddress> all;
    for (std::uint32_t group = 0; group < 3; ++group) {
        for (std::uint32_t number = 0; number < 20; ++number) {
            all.push_back(address_in(group, number));
            listener(all.back());
        }
    }
    give(all);
    run_for(seconds(100));
    const auto called = connected();
    std::set<NetworkGroup> groups;
    for (const NetworkAddress& address : called) groups.insert(group_of(address));
    EXPECT_EQ(called.size(), 3U) << "a fourth slot stays empty: there is no fourth group";
    EXPECT_EQ(groups.size(), called.size());
    for (const auto& [address, stranger] : listeners) {
        if (!stranger->connected) continue;
        EXPECT_EQ(stranger->heard<GetAddresses>().size(), 1U);
        EXPECT_TRUE(network[0].addresses().find(address)->tried);
    }
}

TEST_F(Calling, NoMoreThanTheSlots) {
    for (std::uint32_t group = 0; group < 20; ++group) listener(address_in(group, 1));
    std::vector<NetworkAddress> all;
    for (const auto& [address, stranger] : listeners) all.push_back(address);
    give(all);
    EXPECT_EQ(network.calls().size(), 4U) << "at once";
    run_for(seconds(60));
    EXPECT_EQ(connected().size(), 4U);
}

TEST_F(Calling, AFreeSlotIsFilledAgain) {
    for (std::uint32_t group = 0; group < 8; ++group) listener(address_in(group, 1));
    std::vector<NetworkAddress> all;
    for (const auto& [address, stranger] : listeners) all.push_back(address);
    give(all);
    run_for(seconds(30));
    const NetworkAddress lost = connected().front();
    for (const auto& [address, stranger] : listeners) {
        if (address == lost) network.hang_up(*stranger);
    }
    run_for(seconds(30));
    EXPECT_EQ(connected().size(), 4U);
}

TEST_F(Calling, WhoDoesNotAnswerIsLeftAloneForLongerAndLonger) {
    const NetworkAddress dead = address_in(9, 1);
    std::vector<NetworkAddress> all{dead};
    for (std::uint32_t group = 0; group < 3; ++group) {
        all.push_back(address_in(group, 1));
        listener(all.back());
    }
    give(all);
    std::vector<std::size_t> calls_by_hour;
    for (int hour = 0; hour < 4; ++hour) {
        const std::size_t before = network.calls_to(dead);
        for (int i = 0; i < 12; ++i) {
            run_for(seconds(300));
            network.hang_up(*listeners.front().second);  // It is called again, and answers.
        }
        calls_by_hour.push_back(network.calls_to(dead) - before);
    }
    EXPECT_GE(calls_by_hour[0], 3U);
    EXPECT_LE(calls_by_hour[0], 10U);
    EXPECT_LE(calls_by_hour[3], 1U);
}

TEST_F(Calling, WhileNobodyIsReachedEveryoneIsTriedEveryMinute) {
    give({address_in(1, 1)});
    run_for(seconds(3'600));
    EXPECT_GE(network.calls_to(address_in(1, 1)), 50U);
    EXPECT_LE(network.calls_to(address_in(1, 1)), 61U);
}

TEST_F(Calling, WhoAnswersAndSaysNothingIsLetGo) {
    const auto mute = network.listener(address_in(1, 1));
    give({address_in(1, 1)});
    network.run_for(seconds(60));
    EXPECT_EQ(network.calls_to(address_in(1, 1)), 1U);
    EXPECT_TRUE(mute->connected);
    network.run_for(seconds(10));
    EXPECT_EQ(network.calls_to(address_in(1, 1)), 2U) << "once more, from the beginning";
}

TEST_F(Calling, ACallThatFailsFreesItsSlot) {
    std::vector<NetworkAddress> dead;
    for (std::uint32_t group = 0; group < 12; ++group) dead.push_back(address_in(group, 1));
    give(dead);
    EXPECT_EQ(network.calls().size(), 4U);
    run_for(seconds(30));
    EXPECT_EQ(network.calls().size(), 12U) << "all have been tried by now";
}

TEST_F(Calling, WhereSomebodyMisbehavedNobodyIsCalledAgain) {
    const auto stranger = listener(address_in(1, 1));
    give({address_in(1, 1)});
    run_for(seconds(2));
    ASSERT_TRUE(stranger->connected);
    network.says(*stranger, Malformed{.fault = "kind"});
    EXPECT_FALSE(stranger->connected);
    run_for(seconds(4'000));
    EXPECT_EQ(network.calls_to(address_in(1, 1)), 1U);
}

TEST_F(Calling, WhoIsSilentMayBeCalledAgain) {
    const auto stranger = listener(address_in(1, 1));
    stranger->answers_pings = false;
    give({address_in(1, 1)});
    run_for(seconds(3'000));
    EXPECT_GE(network.calls_to(address_in(1, 1)), 2U);
}

TEST_F(Calling, FeelersMakeNewAddressesTriedAndEnd) {
    std::vector<NetworkAddress> all;
    for (std::uint32_t group = 0; group < 12; ++group) {
        all.push_back(address_in(group, 1));
        listener(all.back());
    }
    give(all);
    run_for(seconds(60));
    EXPECT_LE(network[0].addresses().tried_count(), 6U);
    run_for(seconds(7'200));
    EXPECT_EQ(connected().size(), 4U) << "feelers do not stay";
    EXPECT_EQ(network[0].addresses().tried_count(), 12U);
    EXPECT_TRUE(network.effects(0).of_kind("peer_dropped").empty());
}

TEST_F(Calling, OneDoesNotCallOneself) {
    TestNetwork selfish{1,
                        {.options = {.outbound_slots = 4, .advertised_address = address_in(1, 1)}}};
    selfish.happen(0, AddressesGiven{{address_in(1, 1)}});
    selfish.run_for(seconds(100));
    EXPECT_EQ(selfish.calls_to(address_in(1, 1)), 0U);
}

TEST_F(Calling, AnchorsAreCalledFirstAfterARestart) {
    std::vector<NetworkAddress> all;
    for (std::uint32_t group = 0; group < 40; ++group) {
        all.push_back(address_in(group, 1));
        listener(all.back());
    }
    give(all);
    run_for(seconds(60));
    const auto anchors = network[0].anchors();
    ASSERT_EQ(anchors.size(), anchors_max);
    std::map<NetworkAddress, std::size_t> before;
    for (const NetworkAddress& anchor : anchors) before[anchor] = network.calls_to(anchor);
    network.crash(0);
    network.run_for(seconds(1));
    network.start(0);
    EXPECT_EQ(network[0].anchors(), anchors) << "while nobody else is connected";
    for (const NetworkAddress& anchor : anchors)
        EXPECT_EQ(network.calls_to(anchor), before[anchor] + 1);
    run_for(seconds(10));
    const auto now_connected = connected();
    for (const NetworkAddress& anchor : anchors)
        EXPECT_NE(std::ranges::find(now_connected, anchor), now_connected.end());
}

// What design calls for: of an attacker's many addresses in few groups, few slots are won.
TEST_F(Calling, ManyAddressesInOneGroupWinOneSlot) {
    for (std::uint64_t seed = 1; seed <= seeds_to_try(10); ++seed) {
        TestNetwork victim{1,
                           {.options = {.outbound_slots = 4, .feeler_interval = {}}, .seed = seed}};
        std::vector<NetworkAddress> all;
        for (std::uint32_t number = 0; number < 500; ++number) {
            all.push_back(address_in(77, number));
            victim.listener(all.back());
        }
        for (std::uint32_t group = 0; group < 6; ++group) {
            all.push_back(address_in(group, 1));
            victim.listener(all.back());
        }
        victim.happen(0, AddressesGiven{all});
        victim.run_for(seconds(50));
        std::size_t attackers = 0;
        for (const auto& [address, count] : victim.calls())
            attackers += group_of(address) == group_of(address_in(77, 0)) ? 1U : 0U;
        EXPECT_LE(attackers, 1U) << seed;
    }
}

TEST_F(Calling, TheSameEventsMakeTheSameCalls) {
    const auto transcript = [](std::uint64_t seed) {
        TestNetwork world{1, {.options = {.outbound_slots = 3}, .seed = seed}};
        std::vector<NetworkAddress> all;
        for (std::uint32_t group = 0; group < 50; ++group) all.push_back(address_in(group, 1));
        world.happen(0, AddressesGiven{all});
        world.run_for(seconds(500));
        return world.effects(0).transcript;
    };
    EXPECT_EQ(transcript(1), transcript(1));
    EXPECT_NE(transcript(1), transcript(2));
}

// Everyone knows one of them, and finds the others.
TEST(Discovery, ParticipantsFindEachOther) {
    constexpr std::size_t participants = 12;
    TestNetwork network{
        participants,
        {.options = {.outbound_slots = 4}, .vary = [](std::size_t i, ParticipantOptions& options) {
             options.advertised_address = address_in(static_cast<std::uint32_t>(i), 1);
         }}};
    for (std::size_t i = 1; i < participants; ++i)
        network.happen(i, AddressesGiven{{address_in(0, 1)}});
    network.run_for(seconds(3'600));
    for (std::size_t i = 0; i < participants; ++i) {
        std::size_t neighbours = 0;
        for (std::size_t j = 0; j < participants; ++j)
            neighbours += network.are_connected(i, j) ? 1U : 0U;
        EXPECT_GE(neighbours, 4U) << i;
        EXPECT_GE(network[i].addresses().size(), participants / 2) << i;
    }
    network.mine(3);
    network.run_for(seconds(60));
    EXPECT_TRUE(network.agreed());
}

}  // namespace
}  // namespace bezant::test
