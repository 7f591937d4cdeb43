// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/result.hpp"
#include "ledger/parameters.hpp"
#include "rules/coin_view.hpp"
#include "rules/reason.hpp"
#include "rules/signature_verifier.hpp"

namespace bezant {

/// Checks the payments of one block, or one payment, against coins. Keeps its working memory from
/// one payment to the next. What it is given must outlive it.
class PaymentChecker {
public:
    PaymentChecker(Height height, const CoinView& coins, const Parameters& parameters,
                   SignatureVerifier& signatures);

    /// The fee of a payment whose format has been checked, or the first rule that it breaks.
    [[nodiscard]] Result<Amount, Rejection> check(const Transaction& payment);

    /// The coins that the payment checked last spends, one an input, in their order.
    [[nodiscard]] std::span<const Coin> spent() const { return spent_; }

private:
    [[nodiscard]] Result<void, Rejection> find_coins(const Transaction& payment);
    [[nodiscard]] Result<void, Rejection> check_maturity() const;
    [[nodiscard]] Result<void, Rejection> check_owners(const Transaction& payment) const;
    [[nodiscard]] Result<void, Rejection> check_signatures(const Transaction& payment);
    [[nodiscard]] Result<Amount, Rejection> fee_of(const Transaction& payment) const;

    Height height_;
    const CoinView& coins_;
    const Parameters& parameters_;
    SignatureVerifier& signatures_;
    std::vector<Coin> spent_;
    std::vector<Output> spent_outputs_;
};

}  // namespace bezant
