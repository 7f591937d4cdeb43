// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/random.hpp"
#include "sim/faults.hpp"

namespace bezant::sim {

/// Faults at random moments (a Poisson process), of the kinds that are switched on, until a moment
/// at which everything is mended. At least one participant always runs.
class Chaos {
public:
    Chaos(const ChaosSettings& settings, Engine& engine, const Graph& graph, Faults& faults,
          Random random);

    /// The world stands; nothing has happened yet.
    void begin();
    /// The moment of an EventKind::chaos.
    void strike();
    /// Whether it still goes on.
    [[nodiscard]] bool is_loose() const { return loose_; }

private:
    enum class Kind { partition, crash, link, clock };

    void await_next();
    [[nodiscard]] std::vector<Kind> kinds() const;
    void toggle_partition();
    void crash_or_restart();
    void toggle_link();
    void skew_a_clock();
    [[nodiscard]] ParticipantId anyone();

    ChaosSettings settings_;
    Engine& engine_;
    const Graph& graph_;
    Faults& faults_;
    Random random_;
    bool loose_ = false;
    bool partitioned_ = false;
    std::vector<bool> cut_;  ///< by edge
};

}  // namespace bezant::sim
