// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/amount.hpp"
#include "ledger/transaction.hpp"

namespace bezant {

/// A payment of which is to be found out whether it is sound (rules/sound_payment.hpp).
struct PaymentCheck {
    const Transaction* payment = nullptr;  ///< stays where it is until that was found out
    std::vector<Output> spent;             ///< one an input, in their order
    std::optional<Amount> fee{};           ///< found out: its fee; nothing if it is not sound
};

/// Finds out about many payments at once, on whatever there is to work in parallel. What is found
/// is a fact: it depends neither on time nor on who works it out.
class PaymentChecks {
public:
    PaymentChecks() = default;
    PaymentChecks(const PaymentChecks&) = delete;
    PaymentChecks& operator=(const PaymentChecks&) = delete;
    virtual ~PaymentChecks() = default;

    /// Comes back when it was found out about all of them.
    virtual void find_out(std::span<PaymentCheck> checks) = 0;
};

}  // namespace bezant
