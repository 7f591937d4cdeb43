// SPDX-License-Identifier: Apache-2.0
// Connections that participants make by calling each other, and what of them is waited for.
#include <gmock/gmock.h>

#include <algorithm>
#include <utility>

#include "tests/unit/sim/scripted_engine.hpp"

namespace bezant::sim {
namespace {

using test::EngineTest;
using testing::IsEmpty;

/// Participant 0 calls participant 1 when it starts, and says this on every connection.
class CallingEngineTest : public EngineTest {
protected:
    CallingEngineTest() { scenario.discovery.on = true; }

    void call_and_say(std::vector<Message> messages) {
        reactions[0] = [this, said = std::move(messages)](const Event& event, Time,
                                                          Effects& effects) {
            if (std::holds_alternative<Started>(event)) effects.dial(engine().address_of(1));
            const auto* connected = std::get_if<PeerConnected>(&event);
            for (std::size_t i = 0; connected != nullptr && i < said.size(); ++i)
                effects.send(connected->peer, said[i]);
        };
        start_all();
    }
    /// While what was said is under way: the handshake has taken four latencies.
    static constexpr Duration meanwhile = milliseconds(450);
    static constexpr Duration afterwards = milliseconds(501);
};

TEST_F(CallingEngineTest, IsQuietWhileParticipantsMeet) {
    call_and_say({Hello{}, SendCompact{}, GetHeaders{}, Headers{}, FeeFloor{}, Inventory{}});
    run_until(meanwhile);
    EXPECT_TRUE(engine().is_quiet());
    run_until(afterwards);
    EXPECT_EQ(logs[1].size(), 9U) << "all of it came, after it had started and was introduced";
}

TEST_F(CallingEngineTest, IsNotQuietWhileSomebodyAsksForFacts) {
    call_and_say({GetData{}});
    run_until(meanwhile);
    EXPECT_FALSE(engine().is_quiet());
    run_until(afterwards);
    EXPECT_TRUE(engine().is_quiet());
}

TEST_F(CallingEngineTest, KeepsNoLinkOfConnectionsThatHaveEnded) {
    constexpr std::uint32_t calls = 1'000;
    std::uint32_t made = 0;
    std::size_t links_max = 0;
    reactions[0] = [&](const Event& event, Time, Effects& effects) {
        const auto* connected = std::get_if<PeerConnected>(&event);
        if (connected != nullptr) {
            EXPECT_EQ(connected->peer, PeerId{made++}) << "no number is used twice";
            links_max = std::max(links_max, engine().link_count());
            effects.disconnect(connected->peer, Misconduct::no_longer_needed);
        }
        if (made < calls && (connected != nullptr || std::holds_alternative<Started>(event)))
            effects.dial(engine().address_of(1));
    };
    start_all();
    run_until(seconds(1'000));
    EXPECT_EQ(made, calls);
    EXPECT_EQ(links_max, 1U) << "one is used again and again";
    EXPECT_EQ(engine().link_count(), 0U);
    EXPECT_THAT(engine().neighbours(1), IsEmpty());
}

TEST_F(CallingEngineTest, GivesAPairAsManyLinksAsItHasConnections) {
    std::vector<PeerId> peers;
    reactions[0] = [&](const Event& event, Time, Effects& effects) {
        if (std::holds_alternative<Started>(event))
            for (int i = 0; i < 3; ++i) effects.dial(engine().address_of(1));
        const auto* connected = std::get_if<PeerConnected>(&event);
        if (connected == nullptr) return;
        peers.push_back(connected->peer);
        if (peers.size() == 3) effects.disconnect(peers[1], Misconduct::no_longer_needed);
    };
    start_all();
    run_until(seconds(1));
    EXPECT_EQ(engine().neighbours(0).size(), 2U);
    EXPECT_EQ(engine().link_count(), 3U) << "those of a pair go together";
    engine().crash(1);
    EXPECT_EQ(engine().link_count(), 0U);
    run_until(seconds(2));
    EXPECT_THAT(engine().neighbours(0), IsEmpty());
    EXPECT_EQ(std::ranges::count(logs[0], "peer 0 disconnected"), 1);
    EXPECT_EQ(std::ranges::count(logs[0], "peer 2 disconnected"), 1);
}

}  // namespace
}  // namespace bezant::sim
