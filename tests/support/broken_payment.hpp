// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "ledger/transaction.hpp"

namespace bezant::test {

/// In how many ways break_payment does it.
inline constexpr std::uint64_t ways_to_break_a_payment = 8;

/// Breaks a payment in the way of this number; not at all if there is none.
inline void break_payment(Transaction& payment, std::uint64_t way) {
    switch (way) {
        case 0:
            payment.inputs.back().signature.bytes[1] ^= 4U;
            break;
        case 1:
            payment.inputs.back().public_key.bytes[1] ^= 4U;
            break;
        case 2:
            payment.outputs[0].amount.value += bezants(1).value;
            break;
        case 3:
            payment.outputs[0].amount = Amount{};
            break;
        case 4:
            payment.inputs[0].previous.transaction.bytes[9] ^= 1U;
            break;
        case 5:
            payment.inputs.push_back(payment.inputs[0]);
            break;
        case 6:
            payment.version = 9;
            break;
        case 7:
            payment.lock_height = Height{payment.lock_height.value + 5};
            break;
        default:
            break;
    }
}

}  // namespace bezant::test
