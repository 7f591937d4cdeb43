// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "base/result.hpp"
#include "sim/relay/relay_engine.hpp"
#include "sim/relay/relay_network.hpp"
#include "sim/relay/relay_summary.hpp"
#include "sim/run_failure.hpp"
#include "sim/scenario.hpp"
#include "sim/topology/region_model.hpp"
#include "sim/topology/topology.hpp"

namespace bezant::sim {

/// A world in which blocks are found and relayed, and nothing else. One seed is the whole run.
///
/// Who finds the next block, and when, follows the exact law: all miners together find blocks at
/// the moments of a Poisson process, each one his by his share of the hash rate, on the best block
/// that he has then.
class RelayWorld {
public:
    /// Same scenario, same network: same run. The graph must be connected and have as many nodes
    /// as the scenario has participants.
    RelayWorld(Scenario scenario, const Topology& topology, const RegionModel& regions);

    /// The observer must outlive the run.
    void watch(RelayObserver& observer) { engine_.watch(observer); }

    /// Runs until the scenario's number of blocks is on the best chain, or its duration is over,
    /// and then until everyone has them. Fails ("no_convergence") if that takes longer than the
    /// scenario's virtual_time_max, or if far more blocks are found than can spread.
    [[nodiscard]] Result<RelaySummary, RunFailure> run();

    // The same step by step.

    /// Whether the scenario's blocks have been found, its time is over, or the run has failed.
    [[nodiscard]] bool is_over() const;
    /// Waits for the next block to be found, by chance; or fails.
    void find_next();
    /// Lets everyone have all blocks, and sums up.
    [[nodiscard]] Result<RelaySummary, RunFailure> finish();

    [[nodiscard]] const Scenario& scenario() const { return scenario_; }
    [[nodiscard]] const RelayNetwork& network() const { return network_; }
    [[nodiscard]] const RelayEngine& engine() const { return engine_; }
    /// Share of the scenario's goal reached: 0 to 1.
    [[nodiscard]] double progress() const;
    /// The best chain without genesis, its first block first.
    [[nodiscard]] std::vector<RelayBlockIndex> main_chain() const;

private:
    void fail(const std::string& why);
    [[nodiscard]] Duration mean_interval() const;
    [[nodiscard]] std::uint32_t block_bytes() const;
    /// From the first block's to the last one's, as far as the run has got.
    [[nodiscard]] std::uint64_t grown(std::uint64_t first, std::uint64_t last) const;
    [[nodiscard]] ParticipantId draw_miner();
    [[nodiscard]] RelaySummary summarise() const;

    Scenario scenario_;
    RelayNetwork network_;
    RelayEngine engine_;
    Random time_random_;
    Random miner_random_;
    Duration first_interval_;
    std::vector<std::uint64_t> rates_so_far_;  ///< sums of hash rates up to each participant's
    std::uint64_t next_us_ = 0;
    std::optional<RunFailure> failure_;
};

}  // namespace bezant::sim
