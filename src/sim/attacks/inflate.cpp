// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/inflate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/attacks/greedy_miner.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

/// With less of the hash rate one would wait long for his block.
constexpr PartsPerMillion share_min = 200'000;
constexpr Duration calls_again_after = seconds(1);

}  // namespace

void Inflate::prepare(Scenario& scenario, Graph& /*graph*/) {
    if (share_of(scenario, settings_.attacker) < share_min)
        give_share(scenario, settings_.attacker, share_min);
}

std::unique_ptr<Actor> Inflate::take(Seat& seat, AttackControl& /*control*/) {
    if (seat.id != settings_.attacker) return nullptr;
    return std::make_unique<GreedyMiner>(seat, plan_);
}

void Inflate::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    const Duration at = control.world().elapsed();
    const Archive& archive = control.world().archive();
    if (const auto* mined = std::get_if<BlockMined>(&notice);
        mined != nullptr && who == settings_.attacker && plan_.is_greedy) {
        const TransactionIndex coinbase = archive.body(mined->block).front();
        story_.tell(
            at, fmt::format(
                    "{} finds block {}, which pays its miner {} BZT, {} more than the rules "
                    "allow, and offers it to all neighbours",
                    called(who), archive.blocks()[mined->block].height.value,
                    to_text(archive.transactions()[coinbase].transaction.outputs.front().amount),
                    to_text(greed)));
    }
    if (const auto* block = std::get_if<BlockRefused>(&notice);
        block != nullptr && std::ranges::find(plan_.blocks, block->block) != plan_.blocks.end())
        refused(at, who, block->rejection);
    if (const auto* dropped = std::get_if<PeerDropped>(&notice);
        dropped != nullptr && dropped->misconduct != Misconduct::silent &&
        who != settings_.attacker) {
        dropped_by_.push_back(who);
        story_.tell(at,
                    fmt::format("{} drops the miner, who calls again a second later", called(who)));
        call_again(control, settings_.attacker, who, calls_again_after);
    }
}

// One refusal is enough to know; from then on he mines honestly.
void Inflate::refused(Duration at, ParticipantId who, const Rejection& rejection) {
    plan_.is_greedy = false;
    refused_by_.push_back(who);
    rejection_ = shortened(to_text(rejection));
    story_.tell(at, fmt::format("{} refuses the block: {}", called(who), rejection_));
}

AttackOutcome Inflate::outcome(const World& world) const {
    const BlockTree& blocks = world.archive().blocks();
    AttackOutcome outcome{.name = "inflate",
                          .succeeded = false,
                          .detail = {},
                          .story = story_.steps(),
                          .theory_odds = {}};
    outcome.succeeded = std::ranges::any_of(plan_.blocks, [&](BlockIndex block) {
        return blocks.is_ancestor(block, world.common_tip());
    });
    if (plan_.blocks.empty()) {
        outcome.detail = "The attacker never found a block.";
    } else if (outcome.succeeded) {
        outcome.detail = "A block that claims too much is in the chain.";
    } else {
        outcome.detail = fmt::format(
            "{} tried to make {} BZT out of nothing. Refused by {}: {}. The work that went into it "
            "is lost, the block is stale, and its miner was dropped by {}.",
            counted(plan_.blocks.size(), "block"), to_text(greed), called(refused_by_), rejection_,
            called(dropped_by_));
    }
    return outcome;
}

}  // namespace bezant::sim
