// SPDX-License-Identifier: Apache-2.0
#include "sim/world.hpp"

#include <fmt/format.h>

#include <utility>

#include "sim/attacks/make_attack.hpp"
#include "sim/topology/connectivity.hpp"
#include "sim/world_parts.hpp"

namespace bezant::sim {

World::World(const Scenario& scenario, Graph graph)
    : World(scenario, std::move(graph), make_attack(scenario.attack)) {}

World::World(Scenario scenario, Graph graph, std::unique_ptr<Attack> attack)
    : World(std::move(scenario), std::move(graph), std::move(attack), nullptr) {}

World::World(Scenario scenario, Graph graph, std::unique_ptr<Attack> attack,
             SignatureVerifier* signatures, EarlySignatures* early) {
    CHECK(graph.node_count() == scenario.participants, "each participant has a place in the graph");
    CHECK(check_connected(graph), "whoever reads a topology refuses one in parts");
    parts_ = std::make_unique<Parts>(*this, std::move(scenario), std::move(graph),
                                     std::move(attack), signatures, early);
}

World::~World() = default;

void World::add_observer(Observer& observer) { parts_->observers.push_back(&observer); }

void World::keep_history() { parts_->forgetting.keep_all(); }

Result<Summary, RunFailure> World::run() {
    CHECK(!parts_->ran, "a world runs once");
    parts_->ran = true;
    parts_->begin();
    const auto failed = [&](const std::string& check, const std::string& detail,
                            const std::vector<std::vector<ParticipantId>>& parts = {}) {
        const double at = static_cast<double>(elapsed().microseconds) / 1e6;
        RunFailure failure{.check = check,
                           .detail = fmt::format("at {:.6f} s: {}", at, detail),
                           .seed = parts_->scenario.seed,
                           .parts = parts,
                           .attack = {}};
        if (parts_->attack) failure.attack = parts_->attack->outcome(*this);
        for (Observer* observer : parts_->observers) observer->finished(*this);
        return unexpected{std::move(failure)};
    };
    const auto& checkers = parts_->checkers;
    while (!parts_->workload->is_over()) {
        if (parts_->engine.timeline().empty() || elapsed() > parts_->scenario.virtual_time_max) {
            return failed("no_convergence",
                          fmt::format("{} different tips, the best at height {}",
                                      parts_->engine.agreement().tips(),
                                      parts_->engine.agreement().best_height().value));
        }
        parts_->step();
        if (checkers && checkers->failure()) {
            return failed(checkers->failure()->check, checkers->failure()->detail);
        }
        if (const auto apart = parts_->separation())
            return failed("separation", to_text(*apart), apart->parts);
    }
    parts_->facts.signatures().settle();
    auto summary = parts_->summarise();
    if (!summary) return failed(summary.error().check, summary.error().detail);
    for (Observer* observer : parts_->observers) observer->finished(*this);
    return std::move(*summary);
}

Time World::now() const { return parts_->engine.timeline().now(); }

Duration World::elapsed() const { return now() - parts_->engine.timeline().start(); }

const Scenario& World::scenario() const { return parts_->scenario; }

const Graph& World::graph() const { return parts_->graph; }

const Archive& World::archive() const { return parts_->facts; }

std::size_t World::size() const { return parts_->engine.size(); }

const Participant* World::participant(ParticipantId id) const {
    return parts_->engine.participant(id);
}

std::optional<BlockIndex> World::tip_of(ParticipantId id) const {
    const Participant* participant = parts_->engine.participant(id);
    if (participant == nullptr) return std::nullopt;
    return participant->chain().tip();
}

std::vector<Neighbour> World::neighbours(ParticipantId id) const {
    return parts_->engine.neighbours(id);
}

const NetworkAddress& World::address_of(ParticipantId id) const {
    return parts_->engine.address_of(id);
}

std::optional<ParticipantId> World::owner_of(const PublicKeyHash& owner) const {
    const auto found = parts_->participants.find(owner);
    if (found == parts_->participants.end()) return std::nullopt;
    return found->second;
}

BlockIndex World::common_tip() const { return parts_->engine.agreement().common_tip(); }

const BlockHistory* World::history(BlockIndex block) const {
    return parts_->measurement.history(block);
}

std::uint64_t World::events() const { return parts_->engine.events(); }

double World::progress() const { return parts_->workload->progress(); }

}  // namespace bezant::sim
