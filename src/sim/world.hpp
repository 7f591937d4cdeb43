// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "chain/archive.hpp"
#include "crypto/early_signatures.hpp"
#include "node/participant.hpp"
#include "rules/signature_verifier.hpp"
#include "sim/attack.hpp"
#include "sim/neighbour.hpp"
#include "sim/observed_world.hpp"
#include "sim/observer.hpp"
#include "sim/run_failure.hpp"
#include "sim/scenario.hpp"
#include "sim/summary.hpp"
#include "sim/topology/graph.hpp"

namespace bezant::sim {

/// A simulated world: participants on a graph of links, a virtual clock, and what the scenario puts
/// into it. One seed is the whole run.
class World final : public ObservedWorld {
public:
    /// Same scenario, same graph: same run. The graph must be connected and have as many nodes as
    /// the scenario has participants.
    World(const Scenario& scenario, Graph graph);
    /// With this attack, or none, whatever the scenario says.
    World(Scenario scenario, Graph graph, std::unique_ptr<Attack> attack);
    /// The attack may be left out. Signatures are verified, and those of payments to come are made,
    /// by whoever is given, who must outlive the world, and may work in parallel: the run is the
    /// same.
    World(Scenario scenario, Graph graph, std::unique_ptr<Attack> attack,
          SignatureVerifier* signatures, EarlySignatures* early = nullptr);
    ~World() override;

    /// The observer must outlive the run. Called in the order in which they were added.
    void add_observer(Observer& observer);

    /// All blocks and payments stay in memory until the end, for who will look at them then.
    /// Without it, those are forgotten that are below everyone's tip, where that changes nothing.
    void keep_history();

    /// Runs to the end of the scenario.
    [[nodiscard]] Result<Summary, RunFailure> run();

    [[nodiscard]] Time now() const;
    [[nodiscard]] Duration elapsed() const override;
    [[nodiscard]] const Scenario& scenario() const override;
    [[nodiscard]] const Graph& graph() const;
    [[nodiscard]] const Archive& archive() const override;
    [[nodiscard]] std::size_t size() const override;
    [[nodiscard]] std::optional<BlockIndex> tip_of(ParticipantId id) const override;
    /// Nothing while it is crashed.
    [[nodiscard]] const Participant* participant(ParticipantId id) const;
    /// Whom it has connections with; nobody while it is crashed.
    [[nodiscard]] std::vector<Neighbour> neighbours(ParticipantId id) const;
    /// Where it can be called, if participants find each other.
    [[nodiscard]] const NetworkAddress& address_of(ParticipantId id) const;
    [[nodiscard]] std::optional<ParticipantId> owner_of(const PublicKeyHash& owner) const override;
    [[nodiscard]] BlockIndex common_tip() const override;
    [[nodiscard]] const BlockHistory* history(BlockIndex block) const override;
    [[nodiscard]] std::uint64_t events() const;  ///< so far
    /// Share of the scenario's goal reached (rounds, blocks, time): 0 to 1, for progress.
    [[nodiscard]] double progress() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace bezant::sim
