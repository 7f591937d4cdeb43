// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "sim/attack.hpp"
#include "sim/scenario.hpp"

namespace bezant::sim {

/// An attack as a person sees it.
struct AttackHelp {
    AttackKind kind = AttackKind::none;
    std::string_view name;     ///< "double-spend"
    std::string_view meaning;  ///< one line
};

/// All attacks that make_attack knows, for help texts and scenarios.
[[nodiscard]] std::span<const AttackHelp> attack_help();

/// "double-spend"; the kind must not be none.
[[nodiscard]] std::string_view to_text(AttackKind kind);

/// The attack that these settings ask for; nothing for AttackKind::none.
[[nodiscard]] std::unique_ptr<Attack> make_attack(const AttackSettings& settings);

}  // namespace bezant::sim
