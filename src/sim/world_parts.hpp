// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <memory>
#include <optional>
#include <vector>

#include "rules/signature_verifier.hpp"
#include "sim/attack.hpp"
#include "sim/chaos.hpp"
#include "sim/checkers/checkers.hpp"
#include "sim/engine.hpp"
#include "sim/faults.hpp"
#include "sim/forgetting.hpp"
#include "sim/keys.hpp"
#include "sim/measurement.hpp"
#include "sim/separation.hpp"
#include "sim/workload.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

/// What a world is made of, and how its parts hear of each other.
struct World::Parts final : EngineListener, WorkloadHost, AttackControl {
    Parts(World& the_world, Scenario the_scenario, Graph the_graph,
          std::unique_ptr<Attack> the_attack, SignatureVerifier* signatures,
          EarlySignatures* early_signatures);

    /// Everyone comes to life.
    void begin();
    /// Lets one event happen.
    void step();
    void report_fault(const std::string& what);
    /// Whether honest participants are cut off from each other, and nobody is going to mend it.
    [[nodiscard]] std::optional<Separation> separation();
    /// The run is over: what it comes to, or what a last look at everything finds broken.
    [[nodiscard]] Result<Summary, CheckFailure> summarise();
    [[nodiscard]] Summary::Blocks block_counts(BlockIndex tip) const;
    [[nodiscard]] bool is_held(TransactionIndex payment) const;
    [[nodiscard]] Result<Summary::Ledger, CheckFailure> count_ledger(BlockIndex tip);
    [[nodiscard]] CheckResult last_checks(BlockIndex tip);
    void forget_settled();

    // EngineListener
    [[nodiscard]] std::unique_ptr<Actor> take(Seat seat) override;
    void came_to_life(ParticipantId who, std::span<const BlockIndex> stored) override;
    void arriving(ParticipantId from, ParticipantId to, const Message& message,
                  std::size_t bytes) override;
    void handled(ParticipantId who) override;
    void delivered(ParticipantId from, ParticipantId to, const Message& message) override;
    void noticed(ParticipantId who, const Notice& notice, Time at) override;
    void happened(EventKind kind, std::uint64_t number) override;

    // WorkloadHost
    void round_started(std::uint32_t round) override;
    void round_ended(std::uint32_t round) override;
    void pay(ParticipantId payer, ParticipantId payee, PaymentPlanner::Sum sum, Time at) override;
    [[nodiscard]] bool prepares_payments() const override { return early != nullptr; }
    void prepare(ParticipantId payer, ParticipantId payee, PaymentPlanner::Sum sum) override;
    [[nodiscard]] bool wants_more() const override;
    [[nodiscard]] bool faults_to_come() const override;

    // AttackControl
    [[nodiscard]] const World& world() const override { return self; }
    [[nodiscard]] Archive& archive() override { return facts; }
    [[nodiscard]] Random& random() override { return attack_random; }
    [[nodiscard]] SigningKey key_of(ParticipantId who) const override;
    [[nodiscard]] SigningKey side_key(std::uint32_t number) const override;
    void submit(ParticipantId at, TransactionIndex payment, Duration after) override;
    std::uint64_t order(ParticipantId payer, const PublicKeyHash& to, Amount amount, Amount fee,
                        Duration after) override;
    void poke(ParticipantId seat, std::uint64_t tag, Duration after) override;
    void wake(std::uint64_t tag, Duration after) override;
    void claim(ParticipantId who, const NetworkAddress& address) override;
    void introduce(ParticipantId who, std::vector<NetworkAddress> addresses) override;
    void inflict(const Fault& fault) override;

    World& self;
    std::unique_ptr<Attack> attack;
    Scenario scenario;
    Graph graph;
    Keys keys;
    std::vector<PublicKeyHash> owners;  ///< by participant
    boost::unordered_flat_map<PublicKeyHash, ParticipantId, DigestHasher> participants;
    DirectVerifier verifier;
    EarlySignatures* early;
    Archive facts;
    Random attack_random;
    Measurement measurement;
    std::optional<Checkers> checkers;
    Engine engine;
    Forgetting forgetting;
    Faults faults;
    Chaos chaos;
    std::unique_ptr<Workload> workload;
    std::vector<Observer*> observers;
    std::uint64_t orders = 0;
    std::uint64_t links_lost_seen = 0;
    bool ran = false;
};

}  // namespace bezant::sim
