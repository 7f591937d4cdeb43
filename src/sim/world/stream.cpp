// SPDX-License-Identifier: Apache-2.0
#include "sim/world/stream.hpp"

#include <algorithm>

namespace bezant::sim {

namespace {

constexpr Duration look_interval = seconds(1);

}  // namespace

Stream::Stream(Core& core, Mining& mining, WorkloadHooks hooks)
    : core_(core), mining_(mining), hooks_(std::move(hooks)), payments_(core) {}

void Stream::begin() {
    mining_.switch_all(true);
    if (core_.scenario.workload.payments_per_1000_seconds > 0) pay_later();
    core_.wake(EventKind::workload, static_cast<std::uint64_t>(Step::look), look_interval);
}

void Stream::woken(std::uint64_t step) {
    if (static_cast<Step>(step) == Step::pay) {
        pay();
    } else {
        look();
    }
}

Duration Stream::mean_gap() const {
    return Duration{seconds(1'000).microseconds /
                    core_.scenario.workload.payments_per_1000_seconds};
}

void Stream::pay_later() {
    core_.wake(EventKind::workload, static_cast<std::uint64_t>(Step::pay),
               payments_.random().exponential(mean_gap()));
}

void Stream::pay() {
    const std::uint64_t limit = core_.scenario.workload.payments_max;
    if (stopped_ || (limit > 0 && payments_.ordered() >= limit)) return;
    const std::uint32_t hops_max = std::max(1U, core_.scenario.workload.hops_max);
    if (const auto payer = payments_.random_payer()) {
        payments_.order(*payer, 1 + static_cast<std::uint32_t>(payments_.random().below(hops_max)),
                        {});
    }
    pay_later();
}

Height Stream::height() const {
    return core_.archive.blocks()[core_.census.common(core_.archive.blocks())].height;
}

bool Stream::goal_reached() const {
    const WorkloadSettings& workload = core_.scenario.workload;
    const bool blocks = workload.blocks > 0 && height().value >= workload.blocks;
    const bool time = workload.duration > Duration{} && core_.elapsed() >= workload.duration;
    return (blocks || time) && !hooks_.wants_more() && !hooks_.faults_expected();
}

// Only a tip that everyone is on ends the run: a tie is mined on until it is broken.
void Stream::tip_moved() {
    if (!stopped_ && goal_reached()) stop();
    if (breaking_tie_ && core_.census.agreed()) {
        breaking_tie_ = false;
        mining_.switch_all(false);
    }
}

void Stream::stop() {
    stopped_ = true;
    mining_.switch_all(false);
}

void Stream::look() {
    if (!stopped_ && goal_reached()) stop();
    const bool quiet = core_.schedule.pending(EventKind::message) == 0;
    if (stopped_ && quiet && core_.census.agreed()) {
        done_ = true;
        return;
    }
    if (stopped_ && quiet && !breaking_tie_) {
        breaking_tie_ = true;
        mining_.switch_all(true);
    }
    core_.wake(EventKind::workload, static_cast<std::uint64_t>(Step::look), look_interval);
}

double Stream::progress() const {
    const WorkloadSettings& workload = core_.scenario.workload;
    double share = 0.0;
    if (workload.blocks > 0) share = static_cast<double>(height().value) / workload.blocks;
    if (workload.duration > Duration{}) {
        share = std::max(share, static_cast<double>(core_.elapsed().microseconds) /
                                    static_cast<double>(workload.duration.microseconds));
    }
    return std::min(1.0, share);
}

}  // namespace bezant::sim
