// SPDX-License-Identifier: Apache-2.0
#include "sim/engine.hpp"

#include <utility>

namespace bezant::sim {

namespace {

/// The links that are there from the start.
Graph links_of(const Scenario& scenario, const Graph& graph) {
    return scenario.discovery.on ? Graph{graph.node_count(), {}} : graph;
}

std::unique_ptr<Mining> make_mining(const Scenario& scenario, const Parameters& parameters,
                                    Timeline& timeline, const Random& random) {
    std::vector<HashRate> rates = hash_rates(scenario);
    if (parameters.proof_of_work == ProofOfWork::searched) {
        return std::make_unique<SearchedMining>(timeline, std::move(rates));
    }
    return std::make_unique<SampledMining>(timeline, std::move(rates), parameters.target_limit,
                                           random);
}

}  // namespace

Engine::Engine(const Scenario& scenario, const Graph& graph, Archive& archive, const Keys& keys,
               EngineListener& listener)
    : scenario_(scenario),
      graph_(graph),
      archive_(archive),
      keys_(keys),
      listener_(listener),
      random_(scenario.seed),
      disk_random_(random_.stream("disk")),
      timeline_(from_unix_seconds(archive.parameters().genesis.header.time), scenario.participants),
      connections_(links_of(scenario, graph), scenario.link, random_),
      agreement_(scenario.participants, archive.blocks()),
      digest_(archive),
      mining_(make_mining(scenario, archive.parameters(), timeline_, random_)),
      places_(scenario.participants),
      link_states_(connections_.edge_count()),
      directory_(scenario.participants) {}

Engine::~Engine() = default;

const Participant* Engine::participant(ParticipantId who) const {
    return is_running(who) ? places_[who].actor->participant() : nullptr;
}

bool Engine::is_honest(ParticipantId who) const {
    return is_running(who) && places_[who].actor->is_honest();
}

void Engine::switch_mining(bool on) {
    if (mining_on_ == on) return;
    mining_on_ = on;
    for (ParticipantId who = 0; who < size(); ++who) {
        if (!is_running(who)) continue;
        schedule_event(timeline_.now(), EventKind::mining_switch, who, who, MiningSwitched{on}, 0);
    }
}

void Engine::order(ParticipantId payer, const PayOrder& order, Time at) {
    schedule_event(at, EventKind::order, payer, timeline_.world(), PaymentOrdered{order}, 0);
}

void Engine::submit(ParticipantId at_whom, TransactionIndex payment, Time at) {
    schedule_event(at, EventKind::submission, at_whom, timeline_.world(), PaymentSubmitted{payment},
                   0);
}

void Engine::poke(ParticipantId who, std::uint64_t tag, Time at) {
    schedule_event(at, EventKind::poke, who, timeline_.world(), Started{}, tag);
}

void Engine::schedule_for_world(Time at, EventKind kind, std::uint64_t number) {
    timeline_.schedule(at, kind, timeline_.world(), timeline_.world()).number = number;
}

}  // namespace bezant::sim
