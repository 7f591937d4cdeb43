// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "fleet/fleet.hpp"
#include "sim/round_payments.hpp"

namespace bezant::fleet {

// What is asked of the wallets of a fleet's nodes.

/// All of them, for as long as they run.
[[nodiscard]] Result<void, Failure> unlock_wallets(Fleet& fleet);

/// What somebody can spend.
[[nodiscard]] Result<Amount, Failure> spendable_of(Fleet& fleet, sim::ParticipantId who);
/// What somebody has, if nothing waits: what can be spent, and what must mature.
[[nodiscard]] Result<Amount, Failure> balance_of(Fleet& fleet, sim::ParticipantId who);

/// Makes a payment; gives its id as it is shown. A wallet pays by the byte: the fee is the planned
/// one for a payment of one coin to somebody, with change.
[[nodiscard]] Result<std::string, Failure> send(Fleet& fleet, const sim::RoundPayment& payment);

}  // namespace bezant::fleet
