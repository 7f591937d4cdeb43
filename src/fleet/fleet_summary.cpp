// SPDX-License-Identifier: Apache-2.0
#include "fleet/fleet_summary.hpp"

#include <fmt/format.h>

#include "fleet/wallet_calls.hpp"
#include "sim/checkers/ledger_audit.hpp"

namespace bezant::fleet {

namespace {

using sim::ParticipantId;
using sim::Summary;

Summary::Blocks blocks_of(const ObservedFleet& world) {
    const std::uint64_t mined = world.measurement().blocks_mined();
    const std::uint64_t main_chain = world.archive().blocks()[world.common_tip()].height.value;
    return {.mined = mined, .main_chain = main_chain, .stale = mined - main_chain};
}

std::uint64_t confirmed_payments(const ObservedFleet& world) {
    std::uint64_t count = 0;
    const BlockTree& blocks = world.archive().blocks();
    for (BlockIndex at = world.common_tip(); at != genesis_index; at = blocks[at].parent)
        count += world.archive().body(at).size() - 1;
    return count;
}

/// What each has by a count of all coins.
std::vector<Amount> counted_balances(const ObservedFleet& world, const sim::LedgerAudit& audit) {
    std::vector<Amount> balances(world.size());
    for (const auto& [owner, who] : world.owners())
        balances[who].value += audit.balance_of(owner).value;
    return balances;
}

Result<Summary::Ledger, Failure> ledger_of(Fleet& fleet) {
    const ObservedFleet& world = fleet.world();
    const Archive& archive = world.archive();
    const BlockIndex tip = world.common_tip();
    DirectVerifier signatures;
    sim::LedgerAudit audit{archive, signatures};
    if (const auto failure = audit.move_to(tip)) {
        return unexpected{Failure{.kind = Failure::Kind::check, .what = failure->detail}};
    }
    Summary::Ledger ledger;
    ledger.allocated = scheduled_supply(Height{0}, archive.parameters());
    ledger.issued = tip == genesis_index ? ledger.allocated : archive.sums(tip).supply;
    ledger.coins = audit.recount();
    ledger.coin_count = audit.coin_count();
    ledger.fees = audit.fees();
    for (ParticipantId who = 0; who < world.size(); ++who) {
        const auto balance = balance_of(fleet, who);
        if (!balance) return unexpected{balance.error()};
        ledger.by_participant.push_back(*balance);
        ledger.balances.value += balance->value;
    }
    ledger.balanced = ledger.issued == ledger.coins && ledger.balances == ledger.coins &&
                      ledger.by_participant == counted_balances(world, audit);
    return ledger;
}

}  // namespace

Result<Summary, Failure> summarise(Fleet& fleet, std::uint64_t payments) {
    const ObservedFleet& world = fleet.world();
    Summary summary;
    summary.scenario = world.scenario().name;
    summary.seed = world.scenario().seed;
    summary.participants = world.scenario().participants;
    summary.virtual_time = world.elapsed();
    summary.blocks = blocks_of(world);
    const std::uint64_t confirmed = confirmed_payments(world);
    summary.transactions = {.created = payments,
                            .confirmed = confirmed,
                            .rejected = 0,
                            .pending = payments - confirmed};
    const BlockNode& tip = world.archive().blocks()[world.common_tip()];
    summary.agreement = {.tips = world.agreement().tips(), .height = tip.height, .tip = tip.hash};
    auto ledger = ledger_of(fleet);
    if (!ledger) return unexpected{ledger.error()};
    summary.ledger = *std::move(ledger);
    summary.propagation = sim::propagation_of(world.measurement().propagation(world.common_tip()));
    return summary;
}

}  // namespace bezant::fleet
