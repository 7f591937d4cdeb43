// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/engine.hpp"
#include "tests/unit/sim/test_ledger.hpp"

namespace bezant::sim::test {

/// Events as a person would write them down: "5.000 s: ping 7 from peer 0".
inline std::string text_of(const Event& event) {
    struct Writer {
        std::string operator()(const Started&) { return "started"; }
        std::string operator()(const PeerConnected& e) {
            return fmt::format("peer {} connected", e.peer.value);
        }
        std::string operator()(const PeerDisconnected& e) {
            return fmt::format("peer {} disconnected", e.peer.value);
        }
        std::string operator()(const MessageArrived& e) {
            const auto* ping = std::get_if<Ping>(&e.message);
            return fmt::format("ping {} from peer {}", ping == nullptr ? 0 : ping->nonce,
                               e.peer.value);
        }
        std::string operator()(const TimerFired&) { return "timer"; }
        std::string operator()(const MiningSwitched& e) { return e.on ? "mine" : "rest"; }
        std::string operator()(const NonceFound&) { return "nonce"; }
        std::string operator()(const BlockGranted&) { return "block"; }
        std::string operator()(const PaymentOrdered&) { return "order"; }
        std::string operator()(const PaymentSubmitted&) { return "submission"; }
        std::string operator()(const DialFailed&) { return "nobody answers"; }
        std::string operator()(const AddressesGiven&) { return "addresses"; }
        std::string operator()(const BlockSubmitted&) { return "handed-in block"; }
    };
    return std::visit(Writer{}, event);
}

using Reaction = std::function<void(const Event&, Time, Effects&)>;

class ScriptedActor final : public Actor {
public:
    ScriptedActor(std::vector<std::string>& log, const Reaction& reaction)
        : log_(log), reaction_(reaction) {}

    void handle(const Event& event, Time now, Effects& effects) override {
        log_.push_back(text_of(event));
        if (reaction_) reaction_(event, now, effects);
    }
    void poked(std::uint64_t tag, Time now, Effects& effects) override {
        log_.push_back(fmt::format("poke {}", tag));
        if (reaction_) reaction_(Started{}, now, effects);
    }
    [[nodiscard]] const Participant* participant() const override { return nullptr; }
    [[nodiscard]] bool is_honest() const override { return false; }

private:
    std::vector<std::string>& log_;
    const Reaction& reaction_;
};

/// Participants 0 and 1 on one link of 100 ms, and 2 on a link of 10 ms to 1.
class EngineTest : public testing::Test, public EngineListener {
protected:
    static constexpr Duration latency = milliseconds(100);

    EngineTest() {
        scenario.participants = 3;
        scenario.mining.hash_rate = 3;
        scenario.cost = {.per_signature = Duration{}, .per_kilobyte = Duration{}};
    }

    Engine& engine() {
        if (!engine_) {
            engine_.emplace(scenario, graph, ledger.archive, ledger.keys, *this);
        }
        return *engine_;
    }

    void start_all() {
        for (ParticipantId who = 0; who < scenario.participants; ++who) engine().start(who);
    }

    /// Lets everything happen up to this moment.
    void run_until(Duration elapsed) {
        const Time end = engine().timeline().start() + elapsed;
        engine().schedule_for_world(end, EventKind::workload, 0);
        reached_ = false;
        while (!reached_) engine().step();
    }

    [[nodiscard]] Duration now() { return engine().timeline().now() - engine().timeline().start(); }

    /// What is said when somebody sends pings with these numbers to a peer at the start.
    static void send_pings(Effects& effects, PeerId peer, std::vector<std::uint64_t> numbers) {
        for (const std::uint64_t number : numbers) effects.send(peer, Ping{number});
    }

    void clear_logs() {
        for (auto& [who, log] : logs) log.clear();
    }

    // EngineListener
    std::unique_ptr<Actor> take(Seat seat) override {
        stored[seat.id].assign(seat.stored.begin(), seat.stored.end());
        return std::make_unique<ScriptedActor>(logs[seat.id], reactions[seat.id]);
    }
    void came_to_life(ParticipantId, std::span<const BlockIndex>) override {}
    void arriving(ParticipantId, ParticipantId, const Message&, std::size_t) override {}
    void handled(ParticipantId) override {}
    void delivered(ParticipantId, ParticipantId, const Message&) override {}
    void noticed(ParticipantId, const Notice&, Time at) override { noticed_at = at; }
    void happened(EventKind kind, std::uint64_t) override {
        reached_ = kind == EventKind::workload;
    }

    Scenario scenario;
    Graph graph{3, {{0, 1}, {1, 2}}, {{latency, {}}, {milliseconds(10), {}}}};
    TestLedger ledger;
    std::map<ParticipantId, std::vector<std::string>> logs;
    std::map<ParticipantId, Reaction> reactions;
    std::map<ParticipantId, std::vector<BlockIndex>> stored;
    Time noticed_at;

private:
    std::optional<Engine> engine_;
    bool reached_ = false;
};

}  // namespace bezant::sim::test
