// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <numeric>

#include "sim/attacks/tie_network.hpp"
#include "sim/churn.hpp"
#include "sim/scenario_file.hpp"
#include "sim/wording.hpp"

namespace bezant::sim {

namespace {

using Outcome = Result<void, ScenarioError>;

/// Collects nothing: keeps the first thing that is wrong.
class Checks {
public:
    explicit Checks(const Scenario& scenario) : scenario_(scenario) {}

    void need(bool holds, std::string_view key, std::string what, std::string advice) {
        if (holds || !outcome_) return;
        outcome_ = unexpected(ScenarioError{
            .where = fmt::format("scenario {}, {}",
                                 scenario_.name.empty() ? "(no name)" : scenario_.name, key),
            .what = std::move(what),
            .advice = std::move(advice),
            .key = std::string{key}});
    }

    [[nodiscard]] Outcome outcome() const { return outcome_; }

private:
    const Scenario& scenario_;
    Outcome outcome_;
};

bool is_participant(const Scenario& scenario, std::uint32_t number) {
    return number < scenario.participants;
}

std::string participants_advice(const Scenario& scenario) {
    return fmt::format("participants are numbered from 0 to {}", scenario.participants - 1);
}

void check_mining(Checks& checks, const Scenario& scenario) {
    const auto& shares = scenario.mining.shares;
    checks.need(shares.empty() || shares.size() == scenario.participants, "mining.shares",
                fmt::format("{} for {} participants", counted(shares.size(), "share"),
                            scenario.participants),
                "give one for each participant, or leave the key out for equal shares");
    const auto sum = std::accumulate(shares.begin(), shares.end(), std::uint64_t{0});
    checks.need(shares.empty() || (sum > one_million - 1'000 && sum < one_million + 1'000),
                "mining.shares",
                fmt::format("the shares add up to {}", static_cast<double>(sum) / one_million),
                "they must add up to 1");
    checks.need(scenario.mining.miners.value_or(1) <= scenario.participants, "mining.miners",
                "more miners than participants", participants_advice(scenario));
}

/// What only whole participants can be.
void check_relay(Checks& checks, const Scenario& scenario) {
    if (scenario.model != Model::relay) return;
    const auto& relay = scenario.relay;
    checks.need(scenario.workload.kind == WorkloadKind::stream, "workload.kind",
                "participants who only relay blocks have no rounds", "write kind = \"stream\"");
    checks.need(scenario.attack.kind == AttackKind::none, "attack.kind",
                "participants who only relay blocks cannot cheat", "write model = \"ledger\"");
    checks.need(scenario.faults.empty() && scenario.chaos.until == Duration{}, "model",
                "faults strike only whole participants", "write model = \"ledger\"");
    checks.need(scenario.churn.until == Duration{}, "churn.until",
                "participants who only relay blocks do not leave",
                "write model = \"ledger\", or how often they miss payments (relay.churning_share)");
    checks.need(!relay.missing_staying.empty(), "relay.missing_staying", "an empty list",
                "write at least one share");
    checks.need(!relay.missing_churning.empty(), "relay.missing_churning", "an empty list",
                "write at least one share");
}

void check_discovery(Checks& checks, const Scenario& scenario) {
    const bool calls = scenario.participant.outbound_slots > 0;
    checks.need(scenario.discovery.on || !calls, "participant.outbound_slots",
                "where the topology gives the links, nobody calls others",
                "write discovery.on = true, or leave the key out");
    if (!scenario.discovery.on) return;
    checks.need(calls, "participant.outbound_slots",
                "participants who call nobody do not find each other", "write a number, such as 8");
    checks.need(scenario.model == Model::ledger, "discovery.on",
                "participants who only relay blocks have the links that the topology gives",
                "write model = \"ledger\"");
    checks.need(
        scenario.attack.kind == AttackKind::none || scenario.attack.kind == AttackKind::eclipse,
        "attack.kind", "this attack is on a network whose links are given",
        "leave discovery.on out, or write kind = \"eclipse\"");
}

void check_workload(Checks& checks, const Scenario& scenario) {
    const auto& workload = scenario.workload;
    checks.need(workload.amount_min <= workload.amount_max && workload.amount_min > Amount{},
                "workload.amount_min", "amounts do not run from more than nothing up to amount_max",
                "make amount_min positive and at most amount_max");
    checks.need(workload.fee_min <= workload.fee_max, "workload.fee_min", "it is above fee_max",
                "make it at most fee_max");
    const bool ends = workload.kind == WorkloadKind::rounds || workload.blocks > 0 ||
                      workload.duration > Duration{};
    checks.need(ends, "workload.kind", "a stream without end",
                "set workload.blocks or workload.duration");
}

void check_fault(Checks& checks, const Scenario& scenario, const Fault& fault,
                 const std::string& name) {
    const std::string participants = name + ".participants";
    const std::string neighbour = name + ".neighbour";
    for (const std::uint32_t number : fault.participants) {
        checks.need(is_participant(scenario, number), participants,
                    fmt::format("there is no participant {}", number),
                    participants_advice(scenario));
    }
    const bool strikes_someone = fault.kind == FaultKind::heal || !fault.participants.empty();
    checks.need(strikes_someone, participants, "a fault strikes nobody",
                "write participants = [NUMBER, …]");
    const bool is_link = fault.kind == FaultKind::disconnect || fault.kind == FaultKind::reconnect;
    checks.need(!is_link || (fault.neighbour && fault.participants.size() == 1), neighbour,
                "a link has two ends", "write participants = [ONE] and neighbour = THE_OTHER");
    checks.need(is_participant(scenario, fault.neighbour.value_or(0)), neighbour,
                "there is no such participant", participants_advice(scenario));
}

void check_faults(Checks& checks, const Scenario& scenario) {
    for (std::size_t i = 0; i < scenario.faults.size(); ++i)
        check_fault(checks, scenario, scenario.faults[i], fmt::format("fault[{}]", i));
}

void check_churn(Checks& checks, const Scenario& scenario) {
    if (scenario.churn.until == Duration{}) return;
    const std::uint64_t expected = churn_faults_expected(scenario);
    checks.need(
        expected <= churn_faults_max, "churn.until",
        fmt::format("about {} comings and goings, more than {}", expected, churn_faults_max),
        "make it shorter, or the times longer that participants are there and away");
}

void check_attack(Checks& checks, const Scenario& scenario) {
    const auto& attack = scenario.attack;
    if (attack.kind == AttackKind::none) return;
    checks.need(is_participant(scenario, attack.attacker), "attack.attacker",
                fmt::format("there is no participant {}", attack.attacker),
                participants_advice(scenario));
    checks.need(is_participant(scenario, attack.victim.value_or(0)), "attack.victim",
                "there is no such participant", participants_advice(scenario));
    checks.need(attack.victim != attack.attacker, "attack.victim", "the attacker is its own victim",
                "choose two participants");
    const bool is_strategy =
        attack.kind >= AttackKind::selfish && attack.kind <= AttackKind::optimal_selfish;
    checks.need(!is_strategy || attack.hash_share.value_or(0) < one_million / 2,
                "attack.hash_share", "with half of all hash rate one needs no strategy",
                "make it less than 0.5");
    checks.need(attack.kind != AttackKind::eclipse || scenario.discovery.on, "discovery.on",
                "where the topology gives the links, nobody can be led to others",
                "write discovery.on = true");
    const bool bends_network = (is_strategy && attack.gamma) || attack.kind == AttackKind::vector76;
    checks.need(!bends_network || scenario.participants >= tie_network_min, "participants",
                "too few for the attack", fmt::format("it takes {} or more", tie_network_min));
}

}  // namespace

Result<void, ScenarioError> check_topology_settings(const Scenario& scenario) {
    Checks checks{scenario};
    const std::string& generator = scenario.topology.generator;
    const std::string& file = scenario.topology.file;
    checks.need(generator.empty() != file.empty(), "topology",
                file.empty() ? "nothing says who is connected to whom"
                             : "both a generator and a file say who is connected to whom",
                "set one of topology.generator and topology.file");
    return checks.outcome();
}

Result<void, ScenarioError> check_scenario(const Scenario& scenario) {
    if (auto outcome = check_topology_settings(scenario); !outcome) return outcome;
    Checks checks{scenario};
    checks.need(scenario.link.latency_min <= scenario.link.latency_max, "link.latency_min",
                "it is above latency_max", "make it at most latency_max");
    checks.need(scenario.link.loss < one_million, "link.loss", "every message is lost for ever",
                "make it less than 1");
    checks.need(scenario.cost.disk_sync_min <= scenario.cost.disk_sync_max, "cost.disk_sync_min",
                "it is above disk_sync_max", "make it at most disk_sync_max");
    check_mining(checks, scenario);
    check_relay(checks, scenario);
    check_discovery(checks, scenario);
    check_workload(checks, scenario);
    check_faults(checks, scenario);
    check_churn(checks, scenario);
    check_attack(checks, scenario);
    return checks.outcome();
}

}  // namespace bezant::sim
