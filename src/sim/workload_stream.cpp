// SPDX-License-Identifier: Apache-2.0
#include "sim/workload_stream.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"

namespace bezant::sim {

namespace {

enum Step : std::uint64_t { payment, time_is_up };

/// How many are asked to pay before a moment passes without a payment: those asked have too little.
constexpr int payers_asked_max = 16;

/// Payments that are prepared together: so few that hardly one changes what another will be, so
/// many that whoever signs them is woken rarely.
constexpr std::uint32_t prepared_at_once = 8;

}  // namespace

StreamWorkload::StreamWorkload(const WorkloadSettings& settings, PaymentPlanner planner,
                               Engine& engine, WorkloadHost& host)
    : settings_(settings), planner_(planner), engine_(engine), host_(host), settling_(engine) {
    CHECK(settings.blocks > 0 || settings.duration > Duration{}, "a stream has an end");
}

void StreamWorkload::begin() {
    engine_.switch_mining(true);
    await_payment();
    if (settings_.duration > Duration{}) {
        engine_.schedule_for_world(engine_.timeline().now() + settings_.duration,
                                   EventKind::workload, time_is_up);
    }
}

/// From one payment to the next.
Duration StreamWorkload::pause(PaymentPlanner& planner) const {
    const Duration mean{seconds(1'000).microseconds / settings_.payments_per_1000_seconds};
    return planner.random().exponential(mean);
}

void StreamWorkload::await_payment() {
    if (settings_.payments_per_1000_seconds == 0) return;
    if (settings_.payments_max != 0 && payments_ >= settings_.payments_max) return;
    engine_.schedule_for_world(engine_.timeline().now() + pause(planner_), EventKind::workload,
                               payment);
}

void StreamWorkload::step(std::uint64_t number) {
    if (number == payment && phase_ == Phase::streaming) {
        pay();
        await_payment();
        look_ahead();
    }
}

void StreamWorkload::pay() {
    const auto planned = next_payment(planner_);
    if (!planned) return;
    ++payments_;
    host_.pay(planned->payer, planned->payee, planned->sum, engine_.timeline().now());
}

// What will be drawn is known, and of what participants will have then, most is what they have now:
// only their own payments and blocks change it.
void StreamWorkload::look_ahead() {
    if (!host_.prepares_payments()) return;
    if (prepared_ > 0) --prepared_;
    if (prepared_ > 0) return;
    PaymentPlanner planner = planner_;
    for (; prepared_ < prepared_at_once; ++prepared_) {
        if (const auto planned = next_payment(planner))
            host_.prepare(planned->payer, planned->payee, planned->sum);
        (void)pause(planner);
    }
}

std::optional<StreamWorkload::Planned> StreamWorkload::next_payment(PaymentPlanner& planner) const {
    for (int i = 0; i < payers_asked_max; ++i) {
        const auto payer = static_cast<ParticipantId>(planner.random().below(engine_.size()));
        if (auto planned = payment_of(payer, planner)) return planned;
    }
    return std::nullopt;
}

std::optional<StreamWorkload::Planned> StreamWorkload::payment_of(ParticipantId payer,
                                                                  PaymentPlanner& planner) const {
    const Participant* participant = engine_.participant(payer);
    if (participant == nullptr) return std::nullopt;
    const auto most = checked_add(settings_.amount_max, settings_.fee_max);
    const auto sum = planner.sum(participant->spendable(most.value_or(Amount{UINT64_MAX})));
    if (!sum) return std::nullopt;
    const auto payee = planner.payee(payer, PaymentPlanner::Distance::any);
    if (!payee) return std::nullopt;
    return Planned{.payer = payer, .payee = *payee, .sum = *sum};
}

bool StreamWorkload::has_reached_end() const {
    const bool long_enough =
        settings_.blocks > 0 && engine_.agreement().best_height().value >= settings_.blocks;
    const Timeline& timeline = engine_.timeline();
    const bool time_over =
        settings_.duration > Duration{} && timeline.now() - timeline.start() >= settings_.duration;
    return long_enough || time_over;
}

void StreamWorkload::look() {
    if (phase_ == Phase::streaming && has_reached_end() && !host_.wants_more()) {
        phase_ = Phase::settling;
        settling_.begin();
    }
    if (phase_ != Phase::settling || host_.faults_to_come()) return;
    if (settling_.look()) phase_ = Phase::over;
}

double StreamWorkload::progress() const {
    if (is_over()) return 1.0;
    const Duration elapsed = engine_.timeline().now() - engine_.timeline().start();
    double reached = 0.0;
    if (settings_.blocks > 0) {
        reached = static_cast<double>(engine_.agreement().best_height().value) / settings_.blocks;
    }
    if (settings_.duration > Duration{}) {
        reached = std::max(reached, static_cast<double>(elapsed.microseconds) /
                                        static_cast<double>(settings_.duration.microseconds));
    }
    return std::min(reached, 1.0);
}

}  // namespace bezant::sim
