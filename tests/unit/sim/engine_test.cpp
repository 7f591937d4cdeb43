// SPDX-License-Identifier: Apache-2.0
// The engine with actors that do as a test says and write down what they are given.
#include "sim/engine.hpp"

#include <gmock/gmock.h>

#include "tests/unit/sim/scripted_engine.hpp"

namespace bezant::sim {
namespace {

using test::EngineTest;
using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(EngineTest, StartsEveryoneAndThenConnectsThem) {
    start_all();
    run_until(seconds(1));
    EXPECT_THAT(logs[0], ElementsAre("started", "peer 0 connected"));
    EXPECT_THAT(logs[1], ElementsAre("started", "peer 0 connected", "peer 1 connected"));
    EXPECT_THAT(logs[2], ElementsAre("started", "peer 0 connected"));
    EXPECT_TRUE(engine().is_quiet());
}

TEST_F(EngineTest, DeliversMessagesInOrderAfterTheLatency) {
    reactions[0] = [](const Event& event, Time, Effects& effects) {
        if (std::holds_alternative<PeerConnected>(event)) send_pings(effects, PeerId{0}, {1, 2, 3});
    };
    start_all();
    run_until(milliseconds(99));
    clear_logs();
    run_until(milliseconds(101));
    EXPECT_THAT(logs[1],
                ElementsAre("ping 1 from peer 0", "ping 2 from peer 0", "ping 3 from peer 0"));
    EXPECT_THAT(logs[2], IsEmpty());
}

TEST_F(EngineTest, LosesWhatIsUnderWayOnALinkThatIsCut) {
    reactions[0] = [](const Event& event, Time, Effects& effects) {
        if (const auto* connected = std::get_if<PeerConnected>(&event)) {
            send_pings(effects, connected->peer, {connected->peer.value + 10});
        }
    };
    start_all();
    run_until(milliseconds(50));
    clear_logs();
    engine().set_cut({0, 1}, true);
    run_until(seconds(1));
    EXPECT_THAT(logs[0], ElementsAre("peer 0 disconnected"));
    EXPECT_THAT(logs[1], ElementsAre("peer 0 disconnected"));
    clear_logs();
    engine().set_cut({0, 1}, false);
    run_until(seconds(2));
    EXPECT_THAT(logs[1], ElementsAre("peer 2 connected", "ping 11 from peer 2"));
}

TEST_F(EngineTest, KeepsAPartitionApartUntilItIsHealed) {
    start_all();
    run_until(seconds(1));
    clear_logs();
    engine().partition({false, true, true});
    run_until(seconds(2));
    EXPECT_THAT(logs[0], ElementsAre("peer 0 disconnected"));
    EXPECT_THAT(logs[2], IsEmpty());
    engine().set_cut({0, 1}, false);
    run_until(seconds(3));
    engine().heal();
    run_until(seconds(4));
    EXPECT_THAT(logs[0], ElementsAre("peer 0 disconnected", "peer 1 connected"));
}

/// Three who are told of their neighbours in the graph, and find each other.
class EngineOfStrangersTest : public EngineTest {
protected:
    EngineOfStrangersTest() { scenario.discovery.on = true; }

    /// A participant calls this address when it is poked.
    void call_when_poked(ParticipantId who, const NetworkAddress& address, Duration at) {
        reactions[who] = [address](const Event& event, Time, Effects& effects) {
            if (std::holds_alternative<Started>(event)) effects.dial(address);
        };
        engine().poke(who, 1, engine().timeline().start() + at);
    }
};

TEST_F(EngineOfStrangersTest, TellsOfAcquaintancesWhoRemembersNobody) {
    start_all();
    run_until(seconds(1));
    EXPECT_THAT(logs[0], ElementsAre("started", "addresses"));
    engine().crash(0);
    engine().start(0);
    run_until(seconds(2));
    EXPECT_THAT(logs[0], ElementsAre("started", "addresses", "started", "addresses"));
}

TEST_F(EngineOfStrangersTest, ConnectsWhoCallsWithWhoAnswersAfterTwoRoundTrips) {
    start_all();
    run_until(seconds(1));
    clear_logs();
    call_when_poked(1, engine().address_of(0), seconds(2));
    run_until(seconds(2) + latency * 4 - microseconds(1));
    EXPECT_THAT(logs[1], ElementsAre("poke 1"));
    run_until(seconds(2) + latency * 4 + microseconds(1));
    EXPECT_THAT(logs[0], ElementsAre("peer 0 connected"));
    EXPECT_THAT(logs[1], ElementsAre("poke 1", "peer 0 connected"));
    EXPECT_THAT(engine().neighbours(1), ElementsAre(Neighbour{.who = 0, .outbound = true}));
    EXPECT_THAT(engine().neighbours(0), ElementsAre(Neighbour{.who = 1, .outbound = false}));
}

TEST_F(EngineOfStrangersTest, LetsACallFailWhereNobodyAnswers) {
    start_all();
    run_until(seconds(1));
    clear_logs();
    call_when_poked(1, {.host = ipv4_host(91, 0, 0, 1), .port = 7'333}, seconds(2));
    run_until(seconds(2) + call_time_max - microseconds(1));
    EXPECT_THAT(logs[1], ElementsAre("poke 1"));
    run_until(seconds(2) + call_time_max + microseconds(1));
    EXPECT_THAT(logs[1], ElementsAre("poke 1", "nobody answers"));
    engine().crash(2);
    call_when_poked(1, engine().address_of(2), seconds(10));
    run_until(seconds(20));
    engine().start(2);
    engine().partition({false, false, true});
    engine().poke(1, 2, engine().timeline().start() + seconds(21));
    run_until(seconds(30));
    EXPECT_THAT(logs[1], ElementsAre("poke 1", "nobody answers", "poke 1", "nobody answers",
                                     "poke 2", "nobody answers"));
    call_when_poked(1, engine().address_of(1), seconds(31));
    run_until(seconds(40));
    EXPECT_EQ(logs[1].back(), "nobody answers") << "nobody calls himself";
}

TEST_F(EngineOfStrangersTest, GivesTwoAsManyConnectionsAsTheyMake) {
    start_all();
    run_until(milliseconds(1));
    call_when_poked(1, engine().address_of(0), seconds(1));
    call_when_poked(0, engine().address_of(1), seconds(1));
    engine().poke(0, 2, engine().timeline().start() + seconds(2));
    run_until(seconds(3));
    EXPECT_EQ(engine().neighbours(0).size(), 3U);
    EXPECT_EQ(engine().neighbours(1).size(), 3U);
    engine().set_cut({0, 1}, true);
    EXPECT_THAT(engine().neighbours(0), IsEmpty());
    engine().poke(0, 3, engine().timeline().start() + seconds(4));
    run_until(seconds(10));
    EXPECT_THAT(engine().neighbours(0), IsEmpty());
    EXPECT_EQ(logs[0].back(), "nobody answers");
}

TEST_F(EngineOfStrangersTest, ForgetsACallInACrash) {
    start_all();
    run_until(milliseconds(1));
    call_when_poked(1, engine().address_of(0), seconds(1));
    run_until(seconds(1) + latency);
    reactions[1] = nullptr;
    engine().crash(1);
    engine().start(1);
    clear_logs();
    run_until(seconds(20));
    EXPECT_THAT(logs[0], IsEmpty());
    EXPECT_THAT(logs[1], ElementsAre("started", "addresses"));
}

TEST_F(EngineTest, ChargesForWorkAndLetsWhatComesMeanwhileWait) {
    scenario.cost.per_signature = milliseconds(300);
    scenario.cost.per_kilobyte = milliseconds(50);
    std::vector<Duration> moments;
    reactions[0] = [](const Event& event, Time, Effects& effects) {
        if (std::holds_alternative<PeerConnected>(event)) send_pings(effects, PeerId{0}, {1, 2});
    };
    reactions[1] = [&](const Event& event, Time, Effects& effects) {
        if (!std::holds_alternative<MessageArrived>(event)) return;
        moments.push_back(now());
        effects.charge({.signatures = 1, .bytes = 2'000});
        effects.send(PeerId{0}, Ping{7});
        effects.notice(BlockMined{});
    };
    start_all();
    run_until(milliseconds(101));
    // 100 ms under way, 400 ms of work, and the answer is 100 ms under way again.
    EXPECT_EQ(noticed_at - engine().timeline().start(), milliseconds(500));
    clear_logs();
    run_until(milliseconds(599));
    EXPECT_THAT(logs[0], IsEmpty());
    run_until(milliseconds(601));
    EXPECT_THAT(logs[0], ElementsAre("ping 7 from peer 0"));
    run_until(seconds(2));
    EXPECT_THAT(moments, ElementsAre(milliseconds(100), milliseconds(500)));
}

TEST_F(EngineTest, IsNotQuietWhileAnEventWaits) {
    scenario.cost.per_signature = seconds(1);
    reactions[1] = [](const Event& event, Time, Effects& effects) {
        if (std::holds_alternative<PaymentOrdered>(event)) {
            effects.charge({.signatures = 1, .bytes = 0});
        }
    };
    start_all();
    engine().order(1, {}, engine().timeline().start() + milliseconds(10));
    engine().order(1, {}, engine().timeline().start() + milliseconds(20));
    run_until(milliseconds(30));
    EXPECT_FALSE(engine().is_quiet());
    run_until(seconds(3));
    EXPECT_TRUE(engine().is_quiet());
}

TEST_F(EngineTest, IsNotQuietWhileSomebodyIsGreetedWhereTheTopologyGivesTheLinks) {
    reactions[0] = [](const Event& event, Time, Effects& effects) {
        if (std::holds_alternative<PeerConnected>(event)) effects.send(PeerId{0}, Hello{});
    };
    start_all();
    run_until(milliseconds(50));
    EXPECT_FALSE(engine().is_quiet());
    run_until(milliseconds(101));
    EXPECT_TRUE(engine().is_quiet());
}

TEST_F(EngineTest, FiresTimersByTheParticipantsOwnClock) {
    Time local;
    reactions[0] = [&](const Event& event, Time at, Effects& effects) {
        if (std::holds_alternative<Started>(event)) effects.set_timer({}, at + seconds(5));
        if (std::holds_alternative<TimerFired>(event)) local = at;
    };
    engine().set_skew(0, seconds(3'600));
    start_all();
    run_until(seconds(4));
    clear_logs();
    run_until(seconds(6));
    EXPECT_THAT(logs[0], ElementsAre("timer"));
    EXPECT_EQ(local, engine().timeline().start() + seconds(3'605));
}

TEST_F(EngineTest, EndsAConnectionForWhoGivesItUpAndThenForTheOther) {
    reactions[0] = [](const Event& event, Time, Effects& effects) {
        if (!std::holds_alternative<PeerConnected>(event)) return;
        effects.send(PeerId{0}, Ping{1});
        effects.disconnect(PeerId{0}, Misconduct::malformed_message);
        effects.send(PeerId{0}, Ping{2});
    };
    reactions[1] = [](const Event& event, Time, Effects& effects) {
        if (std::holds_alternative<PeerConnected>(event)) effects.send(PeerId{0}, Ping{3});
    };
    start_all();
    run_until(seconds(1'000));
    EXPECT_THAT(logs[0], ElementsAre("started", "peer 0 connected"));
    EXPECT_THAT(logs[1], ElementsAre("started", "peer 0 connected", "peer 1 connected",
                                     "ping 1 from peer 0", "peer 0 disconnected"));
}

TEST_F(EngineTest, TriesAgainWhoOnlyFellSilent) {
    reactions[0] = [](const Event& event, Time, Effects& effects) {
        const auto* connected = std::get_if<PeerConnected>(&event);
        if (connected != nullptr && connected->peer == PeerId{0}) {
            effects.disconnect(PeerId{0}, Misconduct::silent);
        }
    };
    start_all();
    run_until(reconnect_after - seconds(1));
    EXPECT_THAT(logs[0], ElementsAre("started", "peer 0 connected"));
    run_until(reconnect_after + seconds(1));
    EXPECT_THAT(logs[0], ElementsAre("started", "peer 0 connected", "peer 1 connected"));
}

TEST_F(EngineTest, TakesNothingAcrossACrash) {
    reactions[1] = [](const Event& event, Time at, Effects& effects) {
        if (std::holds_alternative<Started>(event)) effects.set_timer({}, at + seconds(5));
        if (std::holds_alternative<PeerConnected>(event)) send_pings(effects, PeerId{0}, {4});
    };
    start_all();
    run_until(milliseconds(50));
    engine().crash(1);
    run_until(seconds(1));
    EXPECT_THAT(logs[0], ElementsAre("started", "peer 0 connected", "peer 0 disconnected"));
    EXPECT_FALSE(engine().is_running(1));
    clear_logs();
    engine().start(1);
    run_until(seconds(5));
    EXPECT_THAT(logs[1], ElementsAre("started", "peer 2 connected", "peer 3 connected"));
    EXPECT_THAT(logs[0], ElementsAre("peer 1 connected"));
    run_until(seconds(10));
    EXPECT_THAT(logs[1].back(), "timer");
}

TEST_F(EngineTest, ForgetsInACrashWhatItsDiskHadNoTimeFor) {
    const BlockIndex first = ledger.add_good_block(genesis_index);
    const BlockIndex second = ledger.add_good_block(first);
    std::uint64_t pokes = 0;
    reactions[0] = [&](const Event& event, Time, Effects& effects) {
        if (!std::holds_alternative<Started>(event)) return;
        if (pokes == 1) effects.store(first);
        if (pokes == 2) effects.store(second);
        ++pokes;
    };
    start_all();
    engine().poke(0, 1, engine().timeline().start() + seconds(1));
    engine().poke(0, 2, engine().timeline().start() + seconds(2));
    run_until(seconds(2) + microseconds(1));
    engine().crash(0);
    engine().start(0);
    EXPECT_THAT(stored[0], ElementsAre(first));
}

TEST_F(EngineTest, SendsOnlyWhatIsSafeOnDisk) {
    const BlockIndex block = ledger.add_good_block(genesis_index);
    reactions[0] = [&](const Event& event, Time, Effects& effects) {
        if (!std::holds_alternative<PeerConnected>(event)) return;
        effects.send(PeerId{0}, Ping{1});
        effects.store(block);
        effects.send(PeerId{0}, Ping{2});
    };
    std::vector<Duration> moments;
    reactions[1] = [&](const Event& event, Time, Effects&) {
        if (std::holds_alternative<MessageArrived>(event)) moments.push_back(now());
    };
    start_all();
    run_until(seconds(1));
    ASSERT_EQ(moments.size(), 2U);
    EXPECT_EQ(moments[0], latency);
    EXPECT_GE(moments[1], latency + CostSettings{}.disk_sync_min);
    EXPECT_LE(moments[1], latency + CostSettings{}.disk_sync_max);
}

TEST_F(EngineTest, SwitchesEveryonesMinerAlsoOfThoseWhoComeLater) {
    engine().start(0);
    engine().switch_mining(true);
    engine().start(1);
    run_until(milliseconds(10));
    EXPECT_THAT(logs[0], ElementsAre("started", "peer 0 connected", "mine"));
    EXPECT_THAT(logs[1], ElementsAre("started", "peer 0 connected", "mine"));
    engine().switch_mining(false);
    run_until(milliseconds(20));
    EXPECT_EQ(logs[0].back(), "rest");
}

}  // namespace
}  // namespace bezant::sim
