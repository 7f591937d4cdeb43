// SPDX-License-Identifier: Apache-2.0
#include "sweep/schedule.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace bezant::sweep {

Schedule::Schedule(const Plan& plan) : plan_(plan), cells_(plan.cells.size()), total_(plan.runs()) {
    for (CellState& cell : cells_) {
        cell.limit = plan.seeds;
        cell.is_done.resize(plan.seeds);
    }
}

std::optional<Job> Schedule::next() {
    for (const bool surely_needed : {true, false}) {
        for (std::uint32_t cell = first_open_; cell < cells_.size(); ++cell) {
            if (const auto job = give_out(cell, surely_needed)) return job;
            if (cell == first_open_ && cells_[cell].given_out >= cells_[cell].limit) ++first_open_;
        }
    }
    return std::nullopt;
}

std::optional<Job> Schedule::give_out(std::uint32_t cell, bool surely_needed) {
    CellState& state = cells_[cell];
    while (state.given_out < state.limit && state.is_done[state.given_out]) ++state.given_out;
    if (state.given_out >= state.limit) return std::nullopt;
    const bool may_end_before =
        plan_.stop && state.given_out >= plan_.stop->seeds_min && state.judged < state.given_out;
    if (surely_needed && may_end_before) return std::nullopt;
    return Job{cell, state.given_out++};
}

Schedule::Effect Schedule::finish(Job job, const Watched& watched) {
    CellState& cell = cells_[job.cell];
    if (job.number >= cell.limit) return {.counts = false, .closed_at = {}};
    CHECK(!cell.is_done[job.number], "no run is done twice");
    cell.is_done[job.number] = true;
    ++done_;
    if (!plan_.stop) return {};
    const std::uint32_t before = cell.limit;
    cell.waiting.emplace(job.number, watched);
    judge(cell);
    if (cell.limit == before) return {};
    return {.counts = job.number < cell.limit, .closed_at = cell.limit};
}

void Schedule::judge(CellState& cell) {
    while (!cell.waiting.empty() && cell.waiting.begin()->first == cell.judged) {
        const Watched watched = cell.waiting.begin()->second;
        cell.waiting.erase(cell.waiting.begin());
        ++cell.judged;
        if (!watched) continue;
        if (!cell.estimator) cell.estimator.emplace(watched->kind);
        cell.estimator->add(watched->value);
        if (is_enough(*plan_.stop, cell.estimator->estimate())) return close(cell, cell.judged);
    }
}

void Schedule::close(CellState& cell, std::uint32_t limit) {
    const auto beyond = std::count(cell.is_done.begin() + limit, cell.is_done.end(), true);
    done_ -= static_cast<std::uint64_t>(beyond);
    total_ -= cell.limit - limit;
    cell.limit = limit;
    cell.waiting.clear();
}

}  // namespace bezant::sweep
