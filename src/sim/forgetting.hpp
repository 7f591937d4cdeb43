// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

#include "sim/engine.hpp"
#include "sim/scenario.hpp"

namespace bezant::sim {

/// Says when a world's archive may forget what is settled: what is below a block that everyone who
/// runs builds on. Nobody asks for it again, unless somebody comes back with an old disk, or makes
/// another history up, or chooses by another rule than most work: where that may happen, nothing is
/// forgotten. Nor where there are rounds, whose blocks are looked at when they end.
class Forgetting {
public:
    Forgetting(const Scenario& scenario, bool is_attacked, const Engine& engine);

    /// Nothing is forgotten from now on.
    void keep_all() { is_allowed_ = false; }

    /// The block on which all that is below it is settled, when memory holds twice the
    /// transactions that stayed the last time. Costs nothing at other times.
    [[nodiscard]] std::optional<BlockIndex> due();
    /// It was forgotten.
    void done();

private:
    const Engine& engine_;
    bool is_allowed_;
    std::size_t count_min_;  ///< of transactions in memory
    std::size_t forget_at_;  ///< the same
};

}  // namespace bezant::sim
