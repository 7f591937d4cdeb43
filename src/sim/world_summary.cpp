// SPDX-License-Identifier: Apache-2.0
// What a run comes to.
#include "sim/payment_outcomes.hpp"
#include "sim/world_parts.hpp"

namespace bezant::sim {

Result<Summary, CheckFailure> World::Parts::summarise() {
    Summary summary;
    summary.scenario = scenario.name;
    summary.seed = scenario.seed;
    summary.digest = engine.digest();
    summary.participants = engine.size();
    summary.virtual_time = self.elapsed();
    summary.events = engine.events();
    const BlockIndex tip = self.common_tip();
    summary.blocks = block_counts(tip);
    summary.transactions = payment_outcomes(
        facts, tip, [this](TransactionIndex payment) { return is_held(payment); },
        [this](TransactionIndex payment) { return measurement.was_turned_down(payment); });
    summary.agreement = {.tips = engine.agreement().tips(),
                         .height = facts.blocks()[tip].height,
                         .tip = facts.blocks()[tip].hash};
    const auto ledger = count_ledger(tip);
    if (!ledger) return unexpected{ledger.error()};
    summary.ledger = *ledger;
    summary.propagation = propagation_of(measurement.propagation(tip));
    summary.rejections = measurement.rejections();
    summary.dropped_peers = measurement.dropped_peers();
    summary.messages = measurement.messages();
    summary.message_bytes = measurement.message_bytes();
    if (checkers) summary.checker_steps = checkers->steps();
    if (attack) summary.attack = attack->outcome(self);
    return summary;
}

Summary::Blocks World::Parts::block_counts(BlockIndex tip) const {
    std::uint64_t mined_on_chain = 0;
    for (BlockIndex block = tip; block != genesis_index; block = facts.blocks()[block].parent) {
        mined_on_chain += measurement.history(block) != nullptr ? 1U : 0U;
    }
    return {.mined = measurement.blocks_mined(),
            .main_chain = facts.blocks()[tip].height.value,
            .stale = measurement.blocks_mined() - mined_on_chain};
}

bool World::Parts::is_held(TransactionIndex payment) const {
    for (ParticipantId who = 0; who < engine.size(); ++who) {
        if (engine.is_honest(who) && engine.participant(who)->mempool().contains(payment)) {
            return true;
        }
    }
    return false;
}

Result<Summary::Ledger, CheckFailure> World::Parts::count_ledger(BlockIndex tip) {
    if (checkers) {
        for (ParticipantId who = 0; who < engine.size(); ++who) {
            if (engine.is_honest(who)) checkers->finished(who, *engine.participant(who));
        }
        if (checkers->failure()) return unexpected{*checkers->failure()};
    }
    std::optional<LedgerAudit> own;
    if (!checkers) own.emplace(facts, facts.signatures());
    LedgerAudit& audit = checkers ? checkers->audit() : *own;
    if (auto failure = audit.move_to(tip)) return unexpected{*failure};
    Summary::Ledger ledger;
    ledger.allocated = scheduled_supply(Height{0}, facts.parameters());
    ledger.issued = tip == genesis_index ? ledger.allocated : facts.sums(tip).supply;
    ledger.coins = audit.recount();
    ledger.coin_count = audit.coin_count();
    ledger.fees = audit.fees();
    std::uint64_t told = ledger.coins.value;
    for (ParticipantId who = 0; who < engine.size(); ++who) {
        const Amount counted = audit.balance_of(owners[who]);
        const Participant* participant = engine.participant(who);
        // Who is down, or elsewhere, cannot be asked about this tip.
        const bool can_tell = participant != nullptr && participant->chain().tip() == tip;
        const Amount balance = can_tell ? participant->balance().confirmed : counted;
        ledger.by_participant.push_back(balance);
        told = told - counted.value + balance.value;
    }
    ledger.balances = Amount{told};
    ledger.balanced = ledger.issued == ledger.coins && ledger.balances == ledger.coins;
    return ledger;
}

}  // namespace bezant::sim
