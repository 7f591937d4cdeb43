// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/result.hpp"
#include "ledger/parameters.hpp"
#include "rules/coin_view.hpp"
#include "rules/reason.hpp"
#include "rules/signature_verifier.hpp"

namespace bezant {

/// What a valid payment does to the ledger.
struct PaymentEffect {
    std::vector<Coin> spent;  ///< one an input, in their order
    Amount fee;
};

/// All rules of a payment in a block of this height on these coins (locked …
/// outputs_exceed_inputs); the format must have been checked (rules/transaction_format.hpp). Each
/// rule is checked for every input before the next rule. Costs a lookup and a signature an input.
[[nodiscard]] Result<PaymentEffect, Rejection> check_payment(const Transaction& transaction,
                                                             Height height, const CoinView& coins,
                                                             const Parameters& parameters,
                                                             SignatureVerifier& signatures);

}  // namespace bezant
