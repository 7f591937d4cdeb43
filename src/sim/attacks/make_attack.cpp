// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/make_attack.hpp"

#include <array>

#include "base/check.hpp"
#include "sim/attacks/double_spend.hpp"
#include "sim/attacks/forge.hpp"
#include "sim/attacks/inflate.hpp"
#include "sim/attacks/majority.hpp"
#include "sim/attacks/tamper.hpp"

namespace bezant::sim {

std::span<const AttackHelp> attack_help() {
    static constexpr std::array<AttackHelp, 5> attacks{{
        {AttackKind::double_spend, "double-spend", "pay two people with one coin"},
        {AttackKind::forge, "forge", "spend others' coins, and more than there is"},
        {AttackKind::tamper, "tamper", "rewrite a payment that is buried in the ledger"},
        {AttackKind::inflate, "inflate", "mine a block that pays its miner too much"},
        {AttackKind::majority, "majority", "take a payment back with most of the hash rate"},
    }};
    return attacks;
}

std::unique_ptr<Attack> make_attack(const AttackSettings& settings) {
    switch (settings.kind) {
        case AttackKind::none:
            return nullptr;
        case AttackKind::double_spend:
            return std::make_unique<DoubleSpend>(settings);
        case AttackKind::forge:
            return std::make_unique<Forge>(settings);
        case AttackKind::inflate:
            return std::make_unique<Inflate>(settings);
        case AttackKind::tamper:
            return std::make_unique<Tamper>(settings);
        case AttackKind::majority:
            return std::make_unique<Majority>(settings);
    }
    CHECK(false, "all attacks are listed above");
}

}  // namespace bezant::sim
