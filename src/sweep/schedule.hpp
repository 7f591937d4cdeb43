// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "report/measures.hpp"
#include "sweep/estimate.hpp"
#include "sweep/plan.hpp"

namespace bezant::sweep {

/// Says which run is to be done next, and when a cell has enough. Whatever the order in which runs
/// end, the same runs count in the end: a cell is judged by its runs in the order of their seeds,
/// each once all before it are there.
class Schedule {
public:
    /// The plan must outlive it.
    explicit Schedule(const Plan& plan);

    /// What of a run matters here: the measure that the plan stops by, if the run has it.
    using Watched = std::optional<report::Measure>;

    /// The next run, cell by cell and in the order of seeds; nothing if all that may be needed have
    /// been given out. A cell that may end early is given out as far as is surely needed, and only
    /// when there is nothing else, beyond that.
    [[nodiscard]] std::optional<Job> next();

    /// What a run that was given out, or that was done before, makes of its cell.
    struct Effect {
        bool counts = true;  ///< false: it is beyond the cell's last run
        /// The cell has enough: only so many of its runs count.
        std::optional<std::uint32_t> closed_at;
    };
    Effect finish(Job job, const Watched& watched);

    /// Runs of the cell that count, or would if it did not end before.
    [[nodiscard]] std::uint32_t limit(std::uint32_t cell) const { return cells_[cell].limit; }
    [[nodiscard]] std::uint64_t done() const { return done_; }    ///< runs that count
    [[nodiscard]] std::uint64_t total() const { return total_; }  ///< as many as there can be
    [[nodiscard]] bool is_complete() const { return done_ == total_; }

private:
    struct CellState {
        std::uint32_t limit = 0;
        std::uint32_t given_out = 0;
        std::uint32_t judged = 0;
        std::vector<bool> is_done;
        std::map<std::uint32_t, Watched> waiting;  ///< done, but not what comes before
        std::optional<Estimator> estimator;
    };

    [[nodiscard]] std::optional<Job> give_out(std::uint32_t cell, bool surely_needed);
    void judge(CellState& cell);
    void close(CellState& cell, std::uint32_t limit);

    const Plan& plan_;
    std::vector<CellState> cells_;
    std::uint32_t first_open_ = 0;  ///< before it, all is given out
    std::uint64_t done_ = 0;
    std::uint64_t total_ = 0;
};

}  // namespace bezant::sweep
