// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/finney.hpp"

#include <fmt/format.h>

#include "sim/attacks/branch_miner.hpp"
#include "sim/attacks/odds.hpp"
#include "sim/mining.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

/// How long the victim looks for a second payment of the coin.
constexpr Duration patience = seconds(10);

}  // namespace

Finney::Finney(const AttackSettings& settings)
    : BranchAttack(settings, {.share_usual = 200'000, .pays_victim = false, .history_min = {}}) {}

void Finney::prepare(Scenario& scenario, Graph& graph) {
    BranchAttack::prepare(scenario, graph);
    hash_rate_ = scenario.mining.hash_rate;
}

std::string Finney::first_step(Height /*tip*/) const {
    return fmt::format(
        "{} signs two payments of one coin of {} BZT, and mines a block with the one back to "
        "himself",
        called(settings_.attacker), to_text(trade_.amount()));
}

void Finney::block_found(AttackControl& control, Height height) {
    control.submit(trade_.victim(), trade_.to_victim(), {});
    control.wake(0, patience);
    tell(control, fmt::format("he has found block {}, tells nobody, and pays {} with the other",
                              height.value, called(trade_.victim())));
}

void Finney::woken(AttackControl& control, std::uint64_t /*tag*/) {
    if (phase_ != Phase::hiding) return;  // he has crashed
    const World& world = control.world();
    const Height height = world.archive().blocks()[block_].height;
    const bool is_late = world.archive().blocks()[world.common_tip()].height >= height;
    is_delivered_ = trade_.is_accepted();
    phase_ = Phase::shown;
    order_miner(control, settings_.attacker, MinerOrder::show, height);
    order_miner(control, settings_.attacker, MinerOrder::live_honestly);
    tell(control, fmt::format("{} has {}; the block is shown{}", called(trade_.victim()),
                              is_delivered_ ? "seen no other payment, and hands over the goods"
                                            : "not got the payment",
                              is_late ? ", but others have found one meanwhile" : ""));
}

// With a block on either, it is decided.
void Finney::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    BranchAttack::noticed(control, who, notice);
    const BlockTree& blocks = control.world().archive().blocks();
    const auto* moved = std::get_if<TipMoved>(&notice);
    if (moved != nullptr && phase_ == Phase::shown &&
        blocks[moved->change.to].height > blocks[block_].height)
        phase_ = Phase::over;
}

double Finney::theory_odds(const World& world) const {
    const CompactTarget target = world.archive().parameters().target_limit;
    const Duration block = mean_time_of_block(target, {hash_rate_ * one_million});
    return chance_of_none(static_cast<double>(one_million - hash_share_) / one_million *
                          static_cast<double>(patience.microseconds) /
                          static_cast<double>(block.microseconds));
}

AttackOutcome Finney::outcome(const World& world) const {
    AttackOutcome outcome = outcome_of(world, "finney", theory_odds(world));
    const std::string theory = odds_text(outcome.theory_odds.value());
    if (block_ == no_block) {
        outcome.detail = "The attacker never found a block with a payment back to himself.";
    } else if (outcome.succeeded) {
        outcome.detail = fmt::format(
            "{} looked for {} whether there is another payment, and could not see the one that was "
            "in a block already; {}. Who waits for a block is not cheated so.",
            called(trade_.victim()), seconds_text(patience), theory);
    } else if (!failure_.empty()) {
        outcome.detail = fmt::format("The attacker {}; {}.", failure_, theory);
    } else {
        outcome.detail = fmt::format(
            "Others found a block before his was out, and he lost both the coin and the block; {}.",
            theory);
    }
    return outcome;
}

}  // namespace bezant::sim
