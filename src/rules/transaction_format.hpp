// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/amount.hpp"
#include "base/result.hpp"
#include "ledger/parameters.hpp"
#include "rules/reason.hpp"

namespace bezant {

/// The rules of a payment that need nothing but itself (oversized_transaction …
/// unexpected_coinbase). `supply_max` is maximum_supply of the parameters, which takes long where
/// the genesis block has many coins.
[[nodiscard]] Result<void, Rejection> check_payment_format(const Transaction& payment,
                                                           const Parameters& parameters,
                                                           Amount supply_max);

/// The format rules of a coinbase: those of a payment that are not about inputs. It may have no
/// outputs, and then claims nothing.
[[nodiscard]] Result<void, Rejection> check_coinbase_format(const Transaction& coinbase,
                                                            const Parameters& parameters,
                                                            Amount supply_max);

}  // namespace bezant
