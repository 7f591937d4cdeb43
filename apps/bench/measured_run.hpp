// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "apps/failure.hpp"
#include "apps/scenario_source.hpp"

namespace bezant::apps {

/// What a run took and came to. Processor time is of all threads.
struct Measured {
    std::string name;
    std::uint64_t participants = 0;
    std::uint64_t blocks = 0;    ///< found
    std::uint64_t payments = 0;  ///< confirmed
    double virtual_seconds = 0;
    double wall_seconds = 0;       ///< without making the world
    double cpu_seconds = 0;        ///< the same
    double setup_cpu_seconds = 0;  ///< of making the world
    std::uint64_t events = 0;
    std::uint64_t peak_rss_bytes = 0;
    /// Until half, or nine in ten, have a block: in a world of relaying medians over blocks, else
    /// quantiles over blocks and participants.
    double p50_ms = 0;
    double p90_ms = 0;
    std::string digest;

    [[nodiscard]] double cpu_us_per_participant_block() const;
};

/// As `bezant bench sim --json` prints it.
[[nodiscard]] std::string to_json(const Measured& measured);

/// Runs a scenario in a process of its own, so that its memory is its own.
[[nodiscard]] Outcome<Measured> run_measured(const std::string& name, const ScenarioChoice& choice);

}  // namespace bezant::apps
