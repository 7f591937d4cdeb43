// SPDX-License-Identifier: Apache-2.0
#include "sweep/coordinator.hpp"

#include <algorithm>

namespace bezant::sweep {

Coordinator::Coordinator(const Plan& plan, const std::vector<Hash256>& sources, ResultFile& file,
                         const ProgressReport& report)
    : plan_(plan),
      sources_(sources),
      file_(file),
      report_(report),
      schedule_(plan),
      watched_(plan.stop ? plan.stop->measure : "") {
    file_.for_each_run(watched_, [&](Job job, const RunResult& result) {
        schedule_.finish(job, watched_of(result));
    });
}

/// A list of counts without the entry means 0.
Schedule::Watched Coordinator::watched_of(const RunResult& result) const {
    if (!plan_.stop || !result.error.empty()) return std::nullopt;
    const auto found = std::ranges::find(result.measures, watched_, &report::Measure::name);
    if (found != result.measures.end()) return *found;
    if (!report::look_up_measure(watched_).is_count) return std::nullopt;
    return report::Measure{watched_, 0, report::MeasureKind::count};
}

std::optional<Job> Coordinator::exchange(unsigned /*worker*/, std::optional<FinishedJob> finished) {
    const std::scoped_lock lock{mutex_};
    if (finished) take(*finished);
    if (is_ended_ || !file_.error().empty()) return std::nullopt;
    return schedule_.next();
}

void Coordinator::take(const FinishedJob& finished) {
    const auto& [job, result] = finished;
    if (!result.source.is_zero() && result.source != sources_[job.cell]) {
        has_seen_changes_ = true;
        is_ended_ = true;
        return;
    }
    const auto [counts, closed_at] = schedule_.finish(job, watched_of(result));
    if (!counts && !closed_at) return;
    file_.add(job, result, closed_at);
    ++runs_here_;
    if (report_) report_({schedule_.done(), schedule_.total(), runs_here_});
}

void Coordinator::end() {
    const std::scoped_lock lock{mutex_};
    is_ended_ = true;
}

bool Coordinator::has_seen_changes() {
    const std::scoped_lock lock{mutex_};
    return has_seen_changes_;
}

}  // namespace bezant::sweep
