// SPDX-License-Identifier: Apache-2.0
#include "sim/world/rounds.hpp"

#include <algorithm>

namespace bezant::sim {

namespace {

/// How long the world is left alone after it agreed, before the round is said to have ended.
constexpr Duration settle_time = seconds(2);
/// Payments of a round are ordered within this share of the time that they have to spread.
constexpr std::int64_t ordering_share = 3;

}  // namespace

Rounds::Rounds(Core& core, Mining& mining, WorkloadHooks hooks)
    : core_(core), mining_(mining), hooks_(std::move(hooks)), payments_(core) {}

void Rounds::begin() { core_.wake(EventKind::workload, step(Phase::paying), seconds(1)); }

std::uint64_t Rounds::step(Phase phase) {
    return (++steps_ << 2U) | static_cast<std::uint64_t>(phase);
}

void Rounds::woken(std::uint64_t step) {
    if (step >> 2U != steps_) return;  // overtaken by another
    switch (static_cast<Phase>(step & 3U)) {
        case Phase::paying:
            start_round();
            break;
        case Phase::mining:
            start_mining();
            break;
        case Phase::settling:
            settle();
            break;
    }
}

void Rounds::start_round() {
    ++round_;
    height_before_ = height();
    hooks_.round_started(round_);
    order_payments();
    core_.wake(EventKind::workload, step(Phase::mining), core_.scenario.workload.spread_time);
}

// The first payment goes to a neighbour's neighbour, where there is one: it has to be passed on.
void Rounds::order_payments() {
    std::vector<ParticipantId> payers;
    for (ParticipantId who = 0; who < core_.size(); ++who) {
        if (core_.places[who].is_honest()) payers.push_back(who);
    }
    payments_.random().shuffle(payers);
    const WorkloadSettings& workload = core_.scenario.workload;
    const std::int64_t window = workload.spread_time.microseconds / ordering_share;
    std::uint32_t ordered = 0;
    for (const ParticipantId payer : payers) {
        if (ordered == workload.payments_per_round) break;
        const std::uint32_t hops =
            ordered == 0 ? std::min(2U, workload.hops_max)
                         : 1 + static_cast<std::uint32_t>(
                                   payments_.random().below(std::max(1U, workload.hops_max)));
        if (payments_.order(payer, hops, Duration{payments_.random().between(0, window)}))
            ++ordered;
    }
}

void Rounds::start_mining() {
    mining_on_ = true;
    mining_.switch_all(true);
}

void Rounds::tip_moved() {
    if (!mining_on_ || !agreed_on_more()) return;
    mining_on_ = false;
    mining_.switch_all(false);
    core_.wake(EventKind::workload, step(Phase::settling), settle_time);
}

Height Rounds::height() const {
    return core_.archive.blocks()[core_.census.common(core_.archive.blocks())].height;
}

bool Rounds::agreed_on_more() const { return core_.census.agreed() && height() > height_before_; }

// A block found at the last moment may still have split the world: then it mines on.
void Rounds::settle() {
    if (core_.schedule.pending(EventKind::message) > 0) {
        core_.wake(EventKind::workload, step(Phase::settling), settle_time);
    } else if (!agreed_on_more()) {
        start_mining();
    } else {
        hooks_.round_ended(round_);
        const bool more = round_ < core_.scenario.workload.rounds || hooks_.wants_more() ||
                          hooks_.faults_expected();
        done_ = !more;
        if (more) core_.wake(EventKind::workload, step(Phase::paying), seconds(1));
    }
}

double Rounds::progress() const {
    return std::min(1.0, static_cast<double>(round_) / core_.scenario.workload.rounds);
}

}  // namespace bezant::sim
