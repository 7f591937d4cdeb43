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
    if (scenario.participant.block_relay == BlockRelay::compact)
        summary.compact_blocks = measurement.compact_blocks();
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

namespace {

/// The coins after a block, by owner, as the table that everyone asks has them.
struct CountedCoins {
    Amount sum;
    std::uint64_t count = 0;
    boost::unordered_flat_map<PublicKeyHash, std::uint64_t, DigestHasher> by_owner;

    CountedCoins(const Archive& archive, BlockIndex tip) {
        archive.coins().for_each_unspent(
            tip, archive.blocks(), [this](CoinIndex, const Coin& coin) {
                ++count;
                sum.value += coin.output.amount.value;
                by_owner[coin.output.owner] += coin.output.amount.value;
            });
    }

    [[nodiscard]] Amount of(const PublicKeyHash& owner) const {
        const auto found = by_owner.find(owner);
        return found == by_owner.end() ? Amount{} : Amount{found->second};
    }
};

Amount fees_up_to(BlockIndex tip, const Archive& archive) {
    std::uint64_t fees = 0;
    for (BlockIndex block = tip; block != genesis_index; block = archive.blocks()[block].parent)
        fees += archive.sums(block).fees.value;
    return Amount{fees};
}

bool agrees(const LedgerAudit& audit, const Summary::Ledger& ledger) {
    return audit.recount() == ledger.coins && audit.coin_count() == ledger.coin_count &&
           audit.fees() == ledger.fees;
}

}  // namespace

CheckResult World::Parts::last_checks(BlockIndex tip) {
    if (!checkers) return std::nullopt;
    for (ParticipantId who = 0; who < engine.size(); ++who) {
        if (engine.is_honest(who)) checkers->finished(who, *engine.participant(who));
    }
    if (checkers->failure()) return checkers->failure();
    return checkers->audit().move_to(tip);
}

Result<Summary::Ledger, CheckFailure> World::Parts::count_ledger(BlockIndex tip) {
    if (auto failure = last_checks(tip)) return unexpected{*std::move(failure)};
    const CountedCoins coins{facts, tip};
    Summary::Ledger ledger;
    ledger.allocated = scheduled_supply(Height{0}, facts.parameters());
    ledger.issued = tip == genesis_index ? ledger.allocated : facts.sums(tip).supply;
    ledger.coins = coins.sum;
    ledger.coin_count = coins.count;
    ledger.fees = fees_up_to(tip, facts);
    if (checkers && !agrees(checkers->audit(), ledger))
        return unexpected{CheckFailure{"same_tip_same_ledger",
                                       "the coins that are shown are not those that are counted"}};
    std::uint64_t told = ledger.coins.value;
    for (ParticipantId who = 0; who < engine.size(); ++who) {
        const Amount counted = coins.of(owners[who]);
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
