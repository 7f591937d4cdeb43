// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/make_attack.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"
#include "sim/attacks/double_spend.hpp"
#include "sim/attacks/eclipse.hpp"
#include "sim/attacks/empty_blocks.hpp"
#include "sim/attacks/finney.hpp"
#include "sim/attacks/flood.hpp"
#include "sim/attacks/forge.hpp"
#include "sim/attacks/inflate.hpp"
#include "sim/attacks/majority.hpp"
#include "sim/attacks/partition_attack.hpp"
#include "sim/attacks/race.hpp"
#include "sim/attacks/strategic_mining.hpp"
#include "sim/attacks/tamper.hpp"
#include "sim/attacks/time_warp.hpp"
#include "sim/attacks/vector76.hpp"
#include "sim/attacks/withholding.hpp"

namespace bezant::sim {

std::span<const AttackHelp> attack_help() {
    static constexpr std::array<AttackHelp, 19> attacks{{
        {AttackKind::double_spend, "double-spend", "pay two people with one coin"},
        {AttackKind::race, "race", "the same, against one who waits for no block"},
        {AttackKind::finney, "finney", "the same, with a block found before and kept"},
        {AttackKind::vector76, "vector76", "the same, against one who waits for one block"},
        {AttackKind::majority, "majority", "take a payment back with most of the hash rate"},
        {AttackKind::forge, "forge", "spend others' coins, and more than there is"},
        {AttackKind::tamper, "tamper", "rewrite a payment that is buried in the ledger"},
        {AttackKind::inflate, "inflate", "mine a block that pays its miner too much"},
        {AttackKind::selfish, "selfish", "keep blocks back, so that others' work is lost"},
        {AttackKind::lead_stubborn, "lead-stubborn", "the same, and end no race in the lead"},
        {AttackKind::fork_stubborn, "equal-fork-stubborn", "the same, and end none in a tie"},
        {AttackKind::stubborn, "stubborn", "both"},
        {AttackKind::optimal_selfish, "optimal-selfish", "the best of all such rules"},
        {AttackKind::withholding, "withholding", "tell of blocks, and give them to nobody"},
        {AttackKind::empty_blocks, "empty-blocks", "mine blocks that confirm no payments"},
        {AttackKind::flood, "flood", "fill all pools with payments that pay no fee"},
        {AttackKind::partition, "partition", "cut the network in two, and spend on both sides"},
        {AttackKind::time_warp, "time-warp", "lie about the time, to make mining easier"},
        {AttackKind::eclipse, "eclipse", "hold all connections of a participant"},
    }};
    return attacks;
}

std::string_view to_text(AttackKind kind) {
    const auto help = std::ranges::find(attack_help(), kind, &AttackHelp::kind);
    CHECK(help != attack_help().end(), "every attack has a name");
    return help->name;
}

std::unique_ptr<Attack> make_attack(const AttackSettings& settings) {
    switch (settings.kind) {
        case AttackKind::none:
            return nullptr;
        case AttackKind::double_spend:
            return std::make_unique<DoubleSpend>(settings);
        case AttackKind::race:
            return std::make_unique<Race>(settings);
        case AttackKind::finney:
            return std::make_unique<Finney>(settings);
        case AttackKind::vector76:
            return std::make_unique<Vector76>(settings);
        case AttackKind::withholding:
            return std::make_unique<Withholding>(settings);
        case AttackKind::empty_blocks:
            return std::make_unique<EmptyBlocks>(settings);
        case AttackKind::flood:
            return std::make_unique<Flood>(settings);
        case AttackKind::partition:
            return std::make_unique<PartitionAttack>(settings);
        case AttackKind::time_warp:
            return std::make_unique<TimeWarp>(settings);
        case AttackKind::eclipse:
            return std::make_unique<Eclipse>(settings);
        case AttackKind::forge:
            return std::make_unique<Forge>(settings);
        case AttackKind::inflate:
            return std::make_unique<Inflate>(settings);
        case AttackKind::tamper:
            return std::make_unique<Tamper>(settings);
        case AttackKind::majority:
            return std::make_unique<Majority>(settings);
        case AttackKind::selfish:
        case AttackKind::lead_stubborn:
        case AttackKind::fork_stubborn:
        case AttackKind::stubborn:
        case AttackKind::optimal_selfish:
            return std::make_unique<StrategicMining>(settings);
    }
    CHECK(false, "all attacks are listed above");
}

}  // namespace bezant::sim
