// SPDX-License-Identifier: Apache-2.0
#include "mining/worker_book.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "mining/limits.hpp"

namespace bezant::mining {

namespace {

/// Over which the estimate of a worker's rate fades.
constexpr double memory_seconds = 300;
constexpr double hashes_of_difficulty_one = 4'294'967'296.0;

double seconds_between(Time earlier, Time later) {
    constexpr double microseconds_a_second = 1e6;
    const Duration span = std::max(later - earlier, Duration{});
    return static_cast<double>(span.microseconds) / microseconds_a_second;
}

}  // namespace

std::string_view to_text(ShareOutcome outcome) {
    constexpr std::array<std::string_view, share_outcomes> names{"accepted", "stale", "duplicate",
                                                                 "low", "malformed"};
    return names[static_cast<std::size_t>(outcome)];
}

WorkerCounts& WorkerBook::counts_of(const std::string& worker) {
    const bool is_named = workers_.contains(worker) || workers_.size() < workers_max;
    return workers_[is_named ? worker : "others"];
}

void WorkerBook::count(const std::string& worker, ShareOutcome outcome) {
    ++counts_of(worker).shares[static_cast<std::size_t>(outcome)];
}

void WorkerBook::count_accepted(const std::string& worker, ShareDifficulty difficulty, Time now) {
    count(worker, ShareOutcome::accepted);
    WorkerCounts& counts = counts_of(worker);
    const double hashes = difficulty.value() * hashes_of_difficulty_one;
    counts.hashes += hashes;
    counts.hashes_per_second = hashes_per_second(counts, now) + hashes / memory_seconds;
    counts.last_share_at = now;
}

void WorkerBook::count_block(const std::string& worker) { ++counts_of(worker).blocks; }

double WorkerBook::hashes_per_second(const WorkerCounts& worker, Time now) {
    if (!worker.last_share_at) return 0;
    const double age = seconds_between(*worker.last_share_at, now);
    return worker.hashes_per_second * std::exp(-age / memory_seconds);
}

}  // namespace bezant::mining
