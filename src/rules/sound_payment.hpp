// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "base/amount.hpp"
#include "ledger/parameters.hpp"
#include "rules/signature_verifier.hpp"

namespace bezant {

/// The fee of a payment that keeps all rules which depend on nothing but itself: format, owners,
/// signatures, sums. (It names its coins, and a coin's name commits to its amount and owner.)
/// Nothing if it breaks one; which is first, check_payment_format and check_payment say, and
/// they say the same of it on every chain on which its coins can be spent.
///
/// `spent` are the outputs that it spends, one an input, in their order; nothing is believed of
/// them. `supply_max` is maximum_supply of the parameters. Costs a signature and a hash an input.
[[nodiscard]] std::optional<Amount> fee_if_sound(const Transaction& payment,
                                                 std::span<const Output> spent,
                                                 const Parameters& parameters, Amount supply_max,
                                                 SignatureVerifier& signatures);

}  // namespace bezant
