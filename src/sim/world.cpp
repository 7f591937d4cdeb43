// SPDX-License-Identifier: Apache-2.0
#include "sim/world.hpp"

#include <fmt/format.h>

#include "base/check.hpp"
#include "sim/attacks/make_attack.hpp"
#include "sim/world/attack_desk.hpp"
#include "sim/world/checkers.hpp"
#include "sim/world/driver.hpp"
#include "sim/world/faults.hpp"
#include "sim/world/summary_of.hpp"
#include "sim/world/workload.hpp"

namespace bezant::sim {

namespace {

/// The attack may bend the scenario before the world is made of it.
Scenario prepared(Scenario scenario, const Graph& graph, Attack* attack) {
    CHECK(graph.node_count() == scenario.participants,
          "the network has the scenario's participants");
    if (attack != nullptr) attack->prepare(scenario, graph);
    return scenario;
}

}  // namespace

struct World::Parts final : Listener {
    Parts(World& world_given, Scenario scenario, const Graph& graph)
        : world(world_given),
          attack(make_attack(scenario.attack)),
          core(prepared(std::move(scenario), graph, attack.get()), graph),
          mining(core),
          driver(core, mining, *this),
          faults(core, driver, [this](const std::string& what) { tell_of_fault(what); }),
          workload(make_workload(core, mining, hooks())),
          desk(world, core, faults),
          checkers(core.archive, core.size()) {}

    WorkloadHooks hooks() {
        return {.round_started = [this](std::uint32_t round) { round_started(round); },
                .round_ended = [this](std::uint32_t round) { round_ended(round); },
                .wants_more = [this] { return attack && attack->wants_more(); },
                .faults_expected = [this] { return faults.expected(); }};
    }

    void begin();
    void step();
    void deal_with(const EventQueue<Happening>::Popped& popped, std::uint64_t number);
    void seat_everyone();
    void round_started(std::uint32_t round);
    void round_ended(std::uint32_t round);
    void tell_of_fault(const std::string& what);
    void raise(std::optional<Alarm> alarm);
    Result<Summary, RunFailure> conclude();

    void noticed(ParticipantId who, const Notice& notice) override;
    void arrived(ParticipantId to, const Message& message) override {
        checkers.delivered(to, message);
    }
    void delivered(ParticipantId from, ParticipantId to, const Message& message) override;
    void handled(ParticipantId who) override;

    World& world;
    std::unique_ptr<Attack> attack;
    Core core;
    Mining mining;
    Driver driver;
    Faults faults;
    std::unique_ptr<Workload> workload;
    AttackDesk desk;
    Checkers checkers;
    std::vector<Observer*> observers;
    std::optional<RunFailure> failure;
    bool tip_has_moved = false;  ///< by the event being dealt with
};

void World::Parts::begin() {
    driver.set_seating([this](Seat& seat) {
        checkers.restarted(seat.id, seat.stored);
        return attack ? attack->take(seat, desk) : nullptr;
    });
    seat_everyone();
    driver.connect_all();
    faults.begin();
    workload->begin();
    if (attack) attack->begun(desk);
}

void World::Parts::seat_everyone() {
    for (ParticipantId who = 0; who < core.size(); ++who) driver.seat(who);
}

void World::Parts::step() {
    const auto popped = core.schedule.pop();
    core.now = popped.order.at();
    switch (popped.order.kind()) {
        case EventKind::started:
        case EventKind::connection:
        case EventKind::message:
        case EventKind::timer:
        case EventKind::mining_switch:
        case EventKind::nonce_found:
        case EventKind::block_granted:
        case EventKind::order:
        case EventKind::submission:
            driver.give(popped);
            return;
        default:
            break;
    }
    const Happening happening = core.schedule.payload(popped.slot);
    core.schedule.release(popped.slot);
    const ParticipantId who = popped.order.destination();
    switch (popped.order.kind()) {
        case EventKind::fault:
            faults.strike(happening.number);
            break;
        case EventKind::chaos:
            faults.stir();
            break;
        case EventKind::disk_synced:
            driver.disk_synced(who, happening.life, happening.number);
            break;
        case EventKind::reconnect:
            driver.try_again(static_cast<std::uint32_t>(happening.number));
            break;
        case EventKind::poke:
            driver.poke(who, happening.number);
            break;
        case EventKind::unbusy:
            driver.go_on(who);
            break;
        case EventKind::mining_slice:
            mining.search_slice(who, happening.number);
            break;
        case EventKind::attack:
            attack->woken(desk, happening.number);
            break;
        case EventKind::workload:
            workload->woken(happening.number);
            break;
        default:
            CHECK(false, "every kind of event is dealt with");
    }
}

void World::Parts::noticed(ParticipantId who, const Notice& notice) {
    const Place& place = core.places[who];
    if (const auto* mined = std::get_if<BlockMined>(&notice)) checkers.made(who, mined->block);
    if (const auto* moved = std::get_if<TipMoved>(&notice)) {
        tip_has_moved = true;
        if (core.scenario.checkers && place.is_honest())
            raise(checkers.tip_moved(who, moved->change));
    }
    if (attack) attack->noticed(desk, who, notice);
    for (Observer* observer : observers) observer->noticed(world, who, notice);
}

void World::Parts::delivered(ParticipantId from, ParticipantId to, const Message& message) {
    for (Observer* observer : observers) observer->delivered(world, from, to, message);
}

void World::Parts::handled(ParticipantId who) {
    if (!tip_has_moved) return;
    tip_has_moved = false;
    const Place& place = core.places[who];
    if (core.scenario.checkers && place.is_honest())
        raise(checkers.pool_changed(*place.participant()));
    workload->tip_moved();
}

void World::Parts::round_started(std::uint32_t round) {
    for (Observer* observer : observers) observer->round_started(world, round);
    if (attack) attack->round_started(desk, round);
}

void World::Parts::round_ended(std::uint32_t round) {
    for (Observer* observer : observers) observer->round_ended(world, round);
}

void World::Parts::tell_of_fault(const std::string& what) {
    for (Observer* observer : observers) observer->fault(world, what);
}

void World::Parts::raise(std::optional<Alarm> alarm) {
    if (!alarm || failure) return;
    failure = RunFailure{
        alarm->check,
        fmt::format("at {:.6f} s: {}", static_cast<double>(core.elapsed().microseconds) / 1e6,
                    alarm->detail),
        core.scenario.seed};
}

Result<Summary, RunFailure> World::Parts::conclude() {
    const BlockIndex tip = core.census.common(core.archive.blocks());
    if (core.scenario.checkers) raise(checkers.supply(tip));
    if (failure) return unexpected(*failure);
    Summary summary = summary_of(core, checkers, tip);
    if (attack) summary.attack = attack->outcome(world);
    for (Observer* observer : observers) observer->finished(world);
    return summary;
}

World::World(Scenario scenario, const Graph& graph)
    : parts_(std::make_unique<Parts>(*this, std::move(scenario), graph)) {}

World::~World() = default;

void World::add_observer(Observer& observer) { parts_->observers.push_back(&observer); }

Result<Summary, RunFailure> World::run() {
    Parts& parts = *parts_;
    parts.begin();
    const Duration limit = parts.core.scenario.virtual_time_max;
    while (!parts.workload->is_done() && !parts.failure) {
        CHECK(!parts.core.schedule.empty(), "a world that is not done has something to come");
        parts.step();
        if (parts.core.elapsed() > limit) {
            parts.raise(
                Alarm{"no_convergence", fmt::format("{} different tips when the time was up",
                                                    parts.core.census.distinct())});
        }
    }
    return parts.conclude();
}

Time World::now() const { return parts_->core.now; }
Duration World::elapsed() const { return parts_->core.elapsed(); }
const Scenario& World::scenario() const { return parts_->core.scenario; }
const Graph& World::graph() const { return parts_->core.graph; }
const Archive& World::archive() const { return parts_->core.archive; }
std::size_t World::size() const { return parts_->core.size(); }

const Participant* World::participant(ParticipantId id) const {
    return parts_->core.places[id].participant();
}

std::optional<ParticipantId> World::owner_of(const PublicKeyHash& owner) const {
    const auto& owners = parts_->core.participant_of_owner;
    const auto found = owners.find(owner);
    if (found == owners.end()) return std::nullopt;
    return found->second;
}

BlockIndex World::common_tip() const {
    return parts_->core.census.common(parts_->core.archive.blocks());
}

const BlockHistory* World::history(BlockIndex block) const {
    return parts_->core.measurement.history(block);
}

std::uint64_t World::events() const { return parts_->core.events; }

double World::progress() const { return parts_->workload->progress(); }

}  // namespace bezant::sim
