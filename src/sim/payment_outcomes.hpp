// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "chain/archive.hpp"
#include "sim/summary.hpp"

namespace bezant::sim {

/// What became of every payment that anyone ever made, as the chain that ends at `tip` and those
/// who run have it: confirmed there; pending, if somebody holds it, or nothing speaks against it;
/// rejected, if nobody holds it and it was turned down, or a coin of its is gone, or is to come
/// from one that is rejected. Takes time in proportion to all transactions.
[[nodiscard]] Summary::Transactions payment_outcomes(
    const Archive& archive, BlockIndex tip, const std::function<bool(TransactionIndex)>& is_held,
    const std::function<bool(TransactionIndex)>& was_turned_down);

}  // namespace bezant::sim
