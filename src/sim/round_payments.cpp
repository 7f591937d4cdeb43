// SPDX-License-Identifier: Apache-2.0
#include "sim/round_payments.hpp"

namespace bezant::sim {

namespace {

using Distance = PaymentPlanner::Distance;

/// Nothing if the payer has too little, or there is nobody to pay.
std::optional<RoundPayment> plan_payment(PaymentPlanner& planner, const WorkloadSettings& settings,
                                         ParticipantId payer, Amount spendable, Distance distance) {
    const auto payee = planner.payee(payer, distance);
    if (!payee) return std::nullopt;
    const auto sum = planner.sum(spendable);
    if (!sum) return std::nullopt;
    const Duration delay{planner.random().between(0, settings.spread_time.microseconds / 3)};
    return RoundPayment{.payer = payer, .payee = *payee, .sum = *sum, .delay = delay};
}

}  // namespace

std::vector<RoundPayment> plan_round(PaymentPlanner& planner, const WorkloadSettings& settings,
                                     std::vector<ParticipantId> running,
                                     const std::function<Amount(ParticipantId)>& spendable) {
    planner.random().shuffle(running);
    std::vector<RoundPayment> planned;
    bool far_paid = settings.hops_max == 1;
    for (const ParticipantId payer : running) {
        if (planned.size() == settings.payments_per_round) break;
        const auto plan = [&](Distance distance) {
            return plan_payment(planner, settings, payer, spendable(payer), distance);
        };
        auto payment = far_paid ? std::nullopt : plan(Distance::two_hops);
        far_paid = far_paid || payment.has_value();
        if (!payment) payment = plan(Distance::any);
        if (payment) planned.push_back(*payment);
    }
    return planned;
}

}  // namespace bezant::sim
