// SPDX-License-Identifier: Apache-2.0
#include "rules/transaction_rules.hpp"

#include <utility>

#include "rules/payment_checker.hpp"

namespace bezant {

Result<PaymentEffect, Rejection> check_payment(const Transaction& transaction, Height height,
                                               const CoinView& coins, const Parameters& parameters,
                                               SignatureVerifier& signatures) {
    PaymentChecker checker{height, coins, parameters, signatures};
    auto fee = checker.check(transaction);
    if (!fee) return unexpected{std::move(fee).error()};
    return PaymentEffect{{checker.spent().begin(), checker.spent().end()}, *fee};
}

}  // namespace bezant
