// SPDX-License-Identifier: Apache-2.0
#include "sim/world/summary_of.hpp"

namespace bezant::sim {

namespace {

/// Money on the best chain that belongs to nobody in the world, and to whoever is not running.
Amount coins_of_absent_owners(const Core& core, BlockIndex tip) {
    Amount sum;
    for (std::uint32_t index = 0; index < core.archive.coins().size(); ++index) {
        const CoinIndex coin{index};
        const Output* output = core.archive.coins().output(coin);
        if (output == nullptr) continue;
        const auto found = core.participant_of_owner.find(output->owner);
        const bool present = found != core.participant_of_owner.end() &&
                             core.places[found->second].participant() != nullptr &&
                             core.places[found->second].participant()->chain().tip() == tip;
        if (present) continue;
        const CoinLookup lookup = core.archive.coins().at(coin, tip, core.archive.blocks());
        if (lookup.state == CoinState::unspent) sum.value += lookup.coin.output.amount.value;
    }
    return sum;
}

Summary::Ledger ledger_of(const Core& core, Checkers& checkers, BlockIndex tip) {
    Summary::Ledger ledger;
    for (const Output& output : core.archive.parameters().genesis.transactions.front().outputs) {
        ledger.allocated.value += output.amount.value;
    }
    ledger.issued = ledger.allocated;
    for (BlockIndex block = tip; block != genesis_index;
         block = core.archive.blocks()[block].parent) {
        const auto& sums = core.archive.sums(block);
        ledger.issued.value += sums.issued.value - sums.destroyed.value;
        ledger.fees.value += sums.fees.value;
    }
    ledger.coins = checkers.coins_at(tip);
    ledger.coin_count = checkers.coin_count_at(tip);
    ledger.balances = coins_of_absent_owners(core, tip);
    for (const Place& place : core.places) {
        const Participant* participant = place.participant();
        const bool counted = participant != nullptr && participant->chain().tip() == tip;
        const Amount balance = participant != nullptr ? participant->balance().confirmed : Amount{};
        ledger.by_participant.push_back(balance);
        if (counted) ledger.balances.value += balance.value;
    }
    ledger.balanced = ledger.issued == ledger.coins && ledger.coins == ledger.balances;
    return ledger;
}

}  // namespace

Summary summary_of(const Core& core, Checkers& checkers, BlockIndex tip) {
    Summary summary;
    summary.scenario = core.scenario.name;
    summary.seed = core.scenario.seed;
    summary.digest = core.digest.to_text();
    summary.participants = core.size();
    summary.virtual_time = core.elapsed();
    summary.events = core.events;
    summary.agreement = {core.census.distinct(), core.archive.blocks()[tip].height,
                         core.archive.blocks()[tip].hash};
    summary.ledger = ledger_of(core, checkers, tip);
    core.measurement.summarise(summary, tip, core.honest());
    summary.checker_steps = checkers.steps();
    return summary;
}

}  // namespace bezant::sim
