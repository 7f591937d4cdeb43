// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "base/time.hpp"
#include "sim/payment_planner.hpp"

namespace bezant::sim {

/// Somebody pays somebody in a round.
struct RoundPayment {
    ParticipantId payer = 0;
    ParticipantId payee = 0;
    PaymentPlanner::Sum sum;
    Duration delay;  ///< after the round began
};

/// The payments of a round: as many as the settings ask for, each by another participant of those
/// who run, as far as they can pay. One at least goes to a neighbour's neighbour, where the
/// settings let it. People do not all press the button at once, but within the first third of the
/// time in which payments spread.
[[nodiscard]] std::vector<RoundPayment> plan_round(
    PaymentPlanner& planner, const WorkloadSettings& settings, std::vector<ParticipantId> running,
    const std::function<Amount(ParticipantId)>& spendable);

}  // namespace bezant::sim
