// SPDX-License-Identifier: Apache-2.0
#include "sim/world/driver.hpp"

#include "base/check.hpp"
#include "node/message_codec.hpp"

namespace bezant::sim {

namespace {

/// A link given up because the other end fell silent is tried again after so long.
constexpr Duration reconnect_after = seconds(30);
constexpr std::size_t bytes_per_kilobyte = 1'000;

}  // namespace

/// The effects of one event of one participant: told at once, sent when he is done.
class TurnEffects final : public Effects {
public:
    TurnEffects(Driver& driver, ParticipantId who) : driver_(driver), who_(who) {}

    void send(PeerId peer, Message message) override {
        sendings_.push_back({peer, std::move(message)});
    }
    void disconnect(PeerId peer, Misconduct why) override { driver_.drop(who_, peer, why); }
    void set_timer(Timer timer, Time at) override {
        const Place& place = driver_.core_.places[who_];
        const Time world_time = std::max(at - place.skew, driver_.core_.now);
        driver_.core_.schedule.add(world_time, EventKind::timer, who_, who_,
                                   {TimerFired{timer}, place.life, 0});
    }
    void store(BlockIndex block) override { driver_.store(who_, block, done_at()); }
    void mine(const MiningJob& job) override { driver_.mining_.new_job(who_, job, done_at()); }
    void stop_mining() override { driver_.mining_.job_ended(who_); }
    void charge(Verification work) override {
        const CostSettings& cost = driver_.core_.scenario.cost;
        spent_ = spent_ + cost.per_signature * work.signatures +
                 Duration{cost.per_kilobyte.microseconds * work.bytes /
                          static_cast<std::int64_t>(bytes_per_kilobyte)};
    }
    void notice(const Notice& notice) override {
        driver_.core_.measurement.noticed(who_, notice, done_at());
        if (std::holds_alternative<TipMoved>(notice)) {
            driver_.core_.count_tip(who_);
            driver_.mining_.tip_moved(who_);
        }
        driver_.listener_.noticed(who_, notice);
    }

    [[nodiscard]] Time done_at() const { return driver_.core_.now + spent_; }
    [[nodiscard]] std::vector<Driver::Sending>& sendings() { return sendings_; }

private:
    Driver& driver_;
    ParticipantId who_;
    Duration spent_;
    std::vector<Driver::Sending> sendings_;
};

Driver::Driver(Core& core, Mining& mining, Listener& listener)
    : core_(core),
      mining_(mining),
      listener_(listener),
      bars_(core.connections.edge_count()),
      lives_begun_(core.size()) {
    for (ParticipantId who = 0; who < core.size(); ++who) {
        disk_randoms_.push_back(core.random.stream("disk", who));
    }
}

void Driver::seat(ParticipantId who) {
    Place& place = core_.places[who];
    CHECK(!place.actor, "a place is free before someone sits down");
    const auto stored = place.disk.load();
    CHECK(stored, "simulated disks can be read");
    Seat seat{who,
              core_.archive,
              core_.keys.of_participant(who),
              core_.scenario.participant,
              core_.random.stream("participant", std::uint64_t{lives_begun_[who]++} << 32U | who),
              *stored};
    if (seating_) place.actor = seating_(seat);
    if (!place.actor) place.actor = std::make_unique<HonestActor>(std::move(seat));
    core_.count_tip(who);
    core_.tell(who, EventKind::started, Started{});
    if (place.wants_to_mine) mining_.switch_machine(who, true);
}

void Driver::crash(ParticipantId who) {
    Place& place = core_.places[who];
    if (!place.actor) return;
    for (const NodeIndex neighbour : core_.graph.neighbours(who)) {
        const auto edge = core_.graph.find(edge_of(who, neighbour));
        cut(static_cast<Connections::EdgeIndex>(*edge));
    }
    place.actor.reset();
    ++place.life;
    place.disk.crash();
    place.busy_until = core_.now;
    place.safe_at = core_.now;
    for (const auto& popped : place.waiting) core_.schedule.release(popped.slot);
    place.waiting.clear();
    mining_.crashed(who);
    core_.count_tip(who);
}

void Driver::bar(Connections::EdgeIndex edge) {
    if (bars_[edge]++ == 0) cut(edge);
}

void Driver::unbar(Connections::EdgeIndex edge) {
    CHECK(bars_[edge] > 0, "what is mended was broken");
    if (--bars_[edge] == 0) connect(edge);
}

void Driver::connect_all() {
    for (Connections::EdgeIndex edge = 0; edge < core_.connections.edge_count(); ++edge)
        connect(edge);
}

void Driver::connect(Connections::EdgeIndex edge) {
    const Edge ends = core_.connections.ends_of(edge);
    const bool alive = core_.places[ends.low].actor && core_.places[ends.high].actor;
    if (bars_[edge] > 0 || !alive || !core_.connections.is_idle(edge)) return;
    const auto opened = core_.connections.open(edge);
    tell_of_connection(opened[0], true, true, {});
    tell_of_connection(opened[1], true, false, {});
}

void Driver::cut(Connections::EdgeIndex edge) {
    for (const Connections::End end : core_.connections.close(edge)) {
        tell_of_connection(end, false, false, {});
    }
}

void Driver::tell_of_connection(Connections::End end, bool begins, bool outbound, Duration after) {
    if (begins) {
        core_.tell(end.who, EventKind::connection, PeerConnected{end.peer, outbound}, after);
    } else {
        core_.tell(end.who, EventKind::connection, PeerDisconnected{end.peer}, after);
    }
}

// The one who drops knows at once, the other when word of it would have come.
void Driver::drop(ParticipantId who, PeerId peer, Misconduct why) {
    const Connections::End end{who, peer};
    if (!core_.connections.is_open(end)) return;
    const auto edge = core_.connections.edge(end);
    core_.connections.close_end(end);
    for (const Connections::End other : core_.connections.close(edge)) {
        tell_of_connection(other, false, false, core_.connections.latency(edge));
    }
    if (why == Misconduct::silent) core_.wake(EventKind::reconnect, edge, reconnect_after);
}

void Driver::give(const EventQueue<Happening>::Popped& popped) {
    const ParticipantId who = popped.order.destination();
    Place& place = core_.places[who];
    if (!is_still_meant(who, popped.order, core_.schedule.payload(popped.slot))) {
        core_.schedule.release(popped.slot);
    } else if (core_.now < place.busy_until || !place.waiting.empty()) {
        place.waiting.push_back(popped);
        if (place.waiting.size() == 1) wake_when_free(who);
    } else {
        take_up(popped);
    }
}

void Driver::go_on(ParticipantId who) {
    Place& place = core_.places[who];
    while (core_.now >= place.busy_until && !place.waiting.empty()) {
        const auto popped = place.waiting.front();
        place.waiting.pop_front();
        if (is_still_meant(who, popped.order, core_.schedule.payload(popped.slot))) {
            take_up(popped);
        } else {
            core_.schedule.release(popped.slot);
        }
    }
    if (!place.waiting.empty()) wake_when_free(who);
}

void Driver::wake_when_free(ParticipantId who) {
    const Time free_at = std::max(core_.places[who].busy_until, core_.now);
    core_.tell(who, EventKind::unbusy, Started{}, free_at - core_.now);
}

// Messages belong to a connection; found blocks to a mining machine; the rest to a life.
bool Driver::is_still_meant(ParticipantId who, const EventOrder& order,
                            const Happening& happening) {
    const Place& place = core_.places[who];
    if (!place.actor) return false;
    switch (order.kind()) {
        case EventKind::message:
            return core_.connections.is_open({who, std::get<MessageArrived>(happening.event).peer});
        case EventKind::nonce_found:
        case EventKind::block_granted:
            return true;
        default:
            return happening.life == place.life;
    }
}

void Driver::take_up(const EventQueue<Happening>::Popped& popped) {
    const ParticipantId who = popped.order.destination();
    Happening& happening = core_.schedule.payload(popped.slot);
    const EventKind kind = popped.order.kind();
    const bool is_find = kind == EventKind::nonce_found || kind == EventKind::block_granted;
    if (is_find && !mining_.takes(who, happening.number)) {
        core_.schedule.release(popped.slot);
        return;
    }
    put_through_bytes(happening.event);
    ++core_.events;
    core_.digest.add(popped.order, core_.now, happening.event);
    run(who, [&](Actor& actor, Time now, Effects& effects) {
        hear_of_message(who, happening.event);
        actor.handle(happening.event, now, effects);
    });
    if (const auto* arrived = std::get_if<MessageArrived>(&happening.event)) {
        listener_.delivered(core_.connections.neighbour({who, arrived->peer}), who,
                            arrived->message);
    }
    core_.schedule.release(popped.slot);
}

void Driver::put_through_bytes(Event& event) {
    if (!core_.scenario.encode_messages) return;
    auto* arrived = std::get_if<MessageArrived>(&event);
    if (arrived == nullptr || std::holds_alternative<Malformed>(arrived->message) ||
        std::holds_alternative<UnconnectedHeaders>(arrived->message)) {
        return;
    }
    arrived->message =
        decode_message(encode_message(arrived->message, core_.archive), core_.archive);
}

void Driver::hear_of_message(ParticipantId who, const Event& event) {
    const auto* arrived = std::get_if<MessageArrived>(&event);
    if (arrived == nullptr) return;
    core_.measurement.delivered(core_.connections.neighbour({who, arrived->peer}), who,
                                arrived->message, encoded_size(arrived->message, core_.archive));
    listener_.arrived(who, arrived->message);
}

void Driver::poke(ParticipantId who, std::uint64_t tag) {
    if (!core_.places[who].actor) return;
    run(who, [&](Actor& actor, Time now, Effects& effects) { actor.poked(tag, now, effects); });
}

void Driver::run(ParticipantId who, const std::function<void(Actor&, Time, Effects&)>& step) {
    Place& place = core_.places[who];
    TurnEffects effects{*this, who};
    step(*place.actor, core_.now + place.skew, effects);
    place.busy_until = effects.done_at();
    send_all(who, std::max(effects.done_at(), place.safe_at), effects.sendings());
    listener_.handled(who);
}

void Driver::send_all(ParticipantId who, Time leave, std::vector<Sending>& sendings) {
    for (Sending& sending : sendings) {
        const Connections::End end{who, sending.peer};
        if (!core_.connections.is_open(end)) continue;
        const std::size_t bytes = encoded_size(sending.message, core_.archive);
        const auto arrival = core_.connections.send(end, leave, bytes);
        core_.schedule.add(arrival.at, EventKind::message, arrival.end.who, who,
                           {MessageArrived{arrival.end.peer, std::move(sending.message)}, 0, 0});
    }
}

void Driver::store(ParticipantId who, BlockIndex block, Time at) {
    Place& place = core_.places[who];
    CHECK(place.disk.append(block), "simulated disks can be written");
    const Duration takes{
        disk_randoms_[who].between(disk_sync_min.microseconds, disk_sync_max.microseconds)};
    place.safe_at = std::max(place.safe_at, at + takes);
    core_.schedule.add(place.safe_at, EventKind::disk_synced, who, core_.schedule.world(),
                       {Started{}, place.life, place.disk.appended()});
}

void Driver::disk_synced(ParticipantId who, std::uint64_t life, std::size_t blocks) {
    Place& place = core_.places[who];
    if (place.life == life) place.disk.sync_first(blocks);
}

}  // namespace bezant::sim
