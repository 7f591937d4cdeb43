// SPDX-License-Identifier: Apache-2.0
#include "sim/workload_rounds.hpp"

#include <utility>

#include "sim/round_payments.hpp"

namespace bezant::sim {

namespace {

/// Time to say hello in at the start, and to breathe between rounds.
constexpr Duration pause = seconds(1);

enum Step : std::uint64_t { start_of_round, start_of_mining };

}  // namespace

RoundsWorkload::RoundsWorkload(const WorkloadSettings& settings, PaymentPlanner planner,
                               Engine& engine, WorkloadHost& host)
    : settings_(settings), planner_(planner), engine_(engine), host_(host), settling_(engine) {}

void RoundsWorkload::begin() {
    engine_.schedule_for_world(engine_.timeline().now() + pause, EventKind::workload,
                               start_of_round);
}

void RoundsWorkload::step(std::uint64_t number) {
    if (number == start_of_round) return start_round();
    phase_ = Phase::mining;
    settling_.mine_above(height_before_);
}

void RoundsWorkload::start_round() {
    phase_ = Phase::paying;
    ++round_;
    height_before_ = engine_.agreement().best_height();
    host_.round_started(round_);
    plan_payments();
    engine_.schedule_for_world(engine_.timeline().now() + settings_.spread_time,
                               EventKind::workload, start_of_mining);
}

void RoundsWorkload::plan_payments() {
    std::vector<ParticipantId> running;
    for (ParticipantId who = 0; who < engine_.size(); ++who) {
        if (engine_.participant(who) != nullptr) running.push_back(who);
    }
    const auto spendable = [this](ParticipantId who) {
        return engine_.participant(who)->balance().spendable;
    };
    for (const RoundPayment& payment : plan_round(planner_, settings_, running, spendable)) {
        host_.pay(payment.payer, payment.payee, payment.sum,
                  engine_.timeline().now() + payment.delay);
    }
}

void RoundsWorkload::look() {
    if (phase_ != Phase::mining && phase_ != Phase::settling) return;
    if (phase_ == Phase::settling && host_.faults_to_come()) return;
    if (!settling_.look()) return;
    if (phase_ == Phase::mining) {
        end_round();
    } else {
        phase_ = Phase::over;
    }
}

void RoundsWorkload::end_round() {
    host_.round_ended(round_);
    if (round_ < settings_.rounds || host_.wants_more()) {
        phase_ = Phase::resting;
        begin();
    } else {
        phase_ = Phase::settling;
        settling_.begin();
    }
}

double RoundsWorkload::progress() const {
    if (settings_.rounds == 0 || is_over()) return 1.0;
    const std::uint32_t done = round_ - (phase_ == Phase::resting ? 0U : 1U);
    const std::uint32_t finished = round_ == 0 ? 0 : std::min(done, settings_.rounds);
    return static_cast<double>(finished) / settings_.rounds;
}

}  // namespace bezant::sim
