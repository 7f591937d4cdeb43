// SPDX-License-Identifier: Apache-2.0
#include "sim/world_parts.hpp"

#include <utility>

#include "sim/churn.hpp"
#include "sim/network_parameters.hpp"

namespace bezant::sim {

namespace {

/// Verdicts on signatures that are remembered: those of the last hours, for the blocks to come.
constexpr std::size_t verdicts_max = 1U << 17U;

/// An attack bends the scenario before anything is made of it.
Scenario prepared(Scenario scenario, Attack* attack, Graph& graph) {
    if (attack != nullptr) attack->prepare(scenario, graph);
    return scenario;
}

std::vector<PublicKeyHash> owners_of(const Keys& keys, std::uint32_t participants) {
    std::vector<PublicKeyHash> owners;
    for (ParticipantId who = 0; who < participants; ++who) {
        owners.push_back(public_key_hash(keys.of_participant(who).public_key()));
    }
    return owners;
}

}  // namespace

World::Parts::Parts(World& the_world, Scenario the_scenario, Graph the_graph,
                    std::unique_ptr<Attack> the_attack, SignatureVerifier* signatures,
                    EarlySignatures* early_signatures)
    : self(the_world),
      attack(std::move(the_attack)),
      scenario(prepared(std::move(the_scenario), attack.get(), the_graph)),
      graph(std::move(the_graph)),
      keys(scenario.seed),
      owners(owners_of(keys, scenario.participants)),
      early(early_signatures),
      facts(network_parameters(scenario.network, owners),
            signatures != nullptr ? *signatures : verifier, {.signatures_max = verdicts_max}),
      attack_random(Random{scenario.seed}.stream("attack")),
      measurement(facts, scenario.participants),
      engine(scenario, graph, facts, keys, *this),
      forgetting(scenario, attack != nullptr, engine),
      faults(engine, graph, [this](const std::string& what) { report_fault(what); }),
      chaos(scenario.chaos, engine, graph, faults, Random{scenario.seed}.stream("chaos")),
      workload(make_workload(scenario, graph, engine, *this)) {
    for (ParticipantId who = 0; who < owners.size(); ++who) participants[owners[who]] = who;
    if (scenario.checkers) checkers.emplace(facts, facts.signatures(), scenario.participants);
}

void World::Parts::begin() {
    const Time start = engine.timeline().start();
    for (const Fault& fault : scenario.faults) faults.schedule(fault, start);
    for (const Fault& fault : churn_faults(scenario, Random{scenario.seed}))
        faults.schedule(fault, start);
    for (ParticipantId who = 0; who < engine.size(); ++who) engine.start(who);
    chaos.begin();
    workload->begin();
    if (attack) attack->begun(*this);
}

void World::Parts::step() {
    engine.step();
    workload->look();
    forget_settled();
}

void World::Parts::forget_settled() {
    const auto settled = forgetting.due();
    if (!settled) return;
    if (checkers) checkers->settle(*settled);
    engine.forget_settled(*settled);
    forgetting.done();
}

void World::Parts::report_fault(const std::string& what) {
    for (Observer* observer : observers) observer->fault(self, what);
}

std::optional<Separation> World::Parts::separation() {
    // What is lost while more is to come may yet be mended: it is looked at later.
    if (engine.links_lost() == links_lost_seen || faults_to_come() || wants_more())
        return std::nullopt;
    links_lost_seen = engine.links_lost();
    return find_separation(engine, graph);
}

std::unique_ptr<Actor> World::Parts::take(Seat seat) {
    seat.early = early;
    if (attack) {
        if (auto actor = attack->take(seat, *this)) return actor;
    }
    return std::make_unique<HonestActor>(std::move(seat));
}

void World::Parts::came_to_life(ParticipantId who, std::span<const BlockIndex> stored) {
    if (checkers) checkers->came_to_life(who, stored);
}

void World::Parts::arriving(ParticipantId from, ParticipantId to, const Message& message,
                            std::size_t bytes) {
    measurement.arriving(from, to, message, bytes);
    if (checkers) checkers->arriving(to, message);
}

void World::Parts::handled(ParticipantId who) {
    if (checkers && engine.is_honest(who)) checkers->handled(who, *engine.participant(who));
}

void World::Parts::delivered(ParticipantId from, ParticipantId to, const Message& message) {
    for (Observer* observer : observers) observer->delivered(self, from, to, message);
}

void World::Parts::noticed(ParticipantId who, const Notice& notice, Time at) {
    measurement.noticed(who, notice, at);
    if (checkers && engine.is_honest(who)) checkers->noticed(who, notice);
    if (attack) attack->noticed(*this, who, notice);
    for (Observer* observer : observers) observer->noticed(self, who, notice);
}

void World::Parts::happened(EventKind kind, std::uint64_t number) {
    if (kind == EventKind::fault) faults.strike(number);
    if (kind == EventKind::chaos) chaos.strike();
    if (kind == EventKind::workload) workload->step(number);
    if (kind == EventKind::attack) attack->woken(*this, number);
}

void World::Parts::round_started(std::uint32_t round) {
    for (Observer* observer : observers) observer->round_started(self, round);
    if (attack) attack->round_started(*this, round);
}

void World::Parts::round_ended(std::uint32_t round) {
    for (Observer* observer : observers) observer->round_ended(self, round);
}

void World::Parts::pay(ParticipantId payer, ParticipantId payee, PaymentPlanner::Sum sum, Time at) {
    engine.order(
        payer, {.order = ++orders, .to = owners[payee], .amount = sum.amount, .fee = sum.fee}, at);
}

void World::Parts::prepare(ParticipantId payer, ParticipantId payee, PaymentPlanner::Sum sum) {
    if (const Participant* participant = engine.participant(payer))
        participant->expect_order({.to = owners[payee], .amount = sum.amount, .fee = sum.fee});
}

bool World::Parts::wants_more() const { return attack && attack->wants_more(); }

bool World::Parts::faults_to_come() const { return faults.any_to_come() || chaos.is_loose(); }

SigningKey World::Parts::key_of(ParticipantId who) const { return keys.of_participant(who); }

SigningKey World::Parts::side_key(std::uint32_t number) const { return keys.of_stranger(number); }

void World::Parts::submit(ParticipantId at, TransactionIndex payment, Duration after) {
    engine.submit(at, payment, engine.timeline().now() + after);
}

std::uint64_t World::Parts::order(ParticipantId payer, const PublicKeyHash& to, Amount amount,
                                  Amount fee, Duration after) {
    engine.order(payer, {.order = ++orders, .to = to, .amount = amount, .fee = fee},
                 engine.timeline().now() + after);
    return orders;
}

void World::Parts::poke(ParticipantId seat, std::uint64_t tag, Duration after) {
    engine.poke(seat, tag, engine.timeline().now() + after);
}

void World::Parts::wake(std::uint64_t tag, Duration after) {
    engine.schedule_for_world(engine.timeline().now() + after, EventKind::attack, tag);
}

void World::Parts::claim(ParticipantId who, const NetworkAddress& address) {
    engine.claim(who, address);
}

void World::Parts::introduce(ParticipantId who, std::vector<NetworkAddress> addresses) {
    engine.introduce(who, std::move(addresses));
}

void World::Parts::inflict(const Fault& fault) { faults.schedule(fault, engine.timeline().now()); }

}  // namespace bezant::sim
