// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "sim/engine.hpp"

namespace bezant::sim {

/// Brings everyone who runs onto one tip: mines as long as it takes, stops, and waits until nothing
/// is under way. A tie at equal work lasts until one side finds a block.
class Settling {
public:
    explicit Settling(Engine& engine) : engine_(engine) {}

    /// Mines until all share a tip above this height; then as `begin`.
    void mine_above(Height height);
    /// Stops mining, unless tips differ when all is quiet.
    void begin();
    /// After each event; true once everyone is on one tip, and all is quiet.
    [[nodiscard]] bool look();

private:
    enum class Phase { mining, waiting };

    [[nodiscard]] bool all_agree_above(Height height) const;

    Engine& engine_;
    Phase phase_ = Phase::waiting;
    std::optional<Height> above_;  ///< the tip must be above; nothing: any will do
};

}  // namespace bezant::sim
