// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "sweep/jobs.hpp"
#include "sweep/result_file.hpp"
#include "sweep/schedule.hpp"

namespace bezant::sweep {

/// How far a sweep is.
struct Progress {
    std::uint64_t runs = 0;        ///< that count, those of an earlier start included
    std::uint64_t runs_total = 0;  ///< as many as there can be: cells may end early
    std::uint64_t runs_here = 0;   ///< that were done since the start
};

/// Called by one thread at a time.
using ProgressReport = std::function<void(const Progress&)>;

/// Hands out the runs that are not in the file, and puts into it what they come to.
class Coordinator final : public Jobs {
public:
    /// All must outlive it. `sources` stand for what the runs of each cell are to be read from.
    Coordinator(const Plan& plan, const std::vector<Hash256>& sources, ResultFile& file,
                const ProgressReport& report);

    [[nodiscard]] std::optional<Job> exchange(unsigned worker,
                                              std::optional<FinishedJob> finished) override;

    /// Lets nobody have any more work.
    void end();
    /// Whether a run was read from other texts than the sweep began with; then there is no more
    /// work.
    [[nodiscard]] bool has_seen_changes();

private:
    void take(const FinishedJob& finished);
    [[nodiscard]] Schedule::Watched watched_of(const RunResult& result) const;

    const Plan& plan_;
    const std::vector<Hash256>& sources_;
    ResultFile& file_;
    const ProgressReport& report_;
    std::mutex mutex_;
    Schedule schedule_;
    std::string watched_;  ///< the measure that the plan stops by
    bool is_ended_ = false;
    bool has_seen_changes_ = false;
    std::uint64_t runs_here_ = 0;
};

}  // namespace bezant::sweep
