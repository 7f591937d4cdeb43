// SPDX-License-Identifier: Apache-2.0
#include "rules/payment_checker.hpp"

#include <algorithm>
#include <optional>

#include "rules/money.hpp"
#include "rules/refusal.hpp"

namespace bezant {

PaymentChecker::PaymentChecker(Height height, const CoinView& coins, const Parameters& parameters,
                               SignatureVerifier& signatures)
    : height_(height), coins_(coins), parameters_(parameters), signatures_(signatures) {}

Result<Amount, Rejection> PaymentChecker::check(const Transaction& payment) {
    if (payment.lock_height > height_) {
        return refuse(Reason::locked, "a block of " + shown(height_),
                      shown(payment.lock_height) + " or above");
    }
    if (auto found = find_coins(payment); !found) return unexpected{std::move(found).error()};
    if (auto mature = check_maturity(); !mature) return unexpected{std::move(mature).error()};
    if (auto owned = check_owners(payment); !owned) return unexpected{std::move(owned).error()};
    if (auto valid = check_signatures(payment); !valid) return unexpected{std::move(valid).error()};
    return fee_of(payment);
}

/// Fills spent_. An unknown coin is named before a spent one, wherever the two stand.
Result<void, Rejection> PaymentChecker::find_coins(const Transaction& payment) {
    spent_.clear();
    std::optional<std::size_t> first_spent;
    for (std::size_t i = 0; i < payment.inputs.size(); ++i) {
        const OutPoint& outpoint = payment.inputs[i].previous;
        const CoinLookup found = coins_.find(outpoint);
        if (found.state == CoinState::unknown)
            return refuse_at(i, Reason::unknown_coin, shown(outpoint), "a coin on this chain");
        if (found.state == CoinState::spent && !first_spent) first_spent = i;
        spent_.push_back(found.coin);
    }
    if (first_spent) {
        return refuse_at(*first_spent, Reason::coin_already_spent,
                         shown(payment.inputs[*first_spent].previous) + ", spent before",
                         "a coin not spent yet");
    }
    return {};
}

Result<void, Rejection> PaymentChecker::check_maturity() const {
    // Not in its own block, whatever the network says: what a coinbase claims is checked last.
    const std::uint64_t depth = std::max(parameters_.coinbase_maturity, 1U);
    for (std::size_t i = 0; i < spent_.size(); ++i) {
        if (!spent_[i].coinbase) continue;
        const std::uint64_t mature = spent_[i].height.value + depth;
        if (height_.value < mature) {
            return refuse_at(i, Reason::immature_coinbase, "a block of " + shown(height_),
                             "height " + shown(mature) + " or above");
        }
    }
    return {};
}

Result<void, Rejection> PaymentChecker::check_owners(const Transaction& payment) const {
    for (std::size_t i = 0; i < spent_.size(); ++i) {
        const PublicKeyHash owner = public_key_hash(payment.inputs[i].public_key);
        if (owner != spent_[i].output.owner) {
            return refuse_at(i, Reason::wrong_owner, "a key of owner " + shown(owner),
                             "owner " + shown(spent_[i].output.owner));
        }
    }
    return {};
}

Result<void, Rejection> PaymentChecker::check_signatures(const Transaction& payment) {
    spent_outputs_.clear();
    for (const Coin& coin : spent_) spent_outputs_.push_back(coin.output);
    const Hash256 message = signature_message(payment, spent_outputs_, parameters_.genesis_hash);
    for (std::size_t i = 0; i < payment.inputs.size(); ++i) {
        const Input& input = payment.inputs[i];
        if (!signatures_.is_valid(input.public_key, message, input.signature)) {
            return refuse_at(i, Reason::bad_signature, "an invalid signature",
                             shown_signature(input.public_key, message));
        }
    }
    return {};
}

Result<Amount, Rejection> PaymentChecker::fee_of(const Transaction& payment) const {
    const Amount in = sum_of_checked(spent_, [](const Coin& coin) { return coin.output.amount; });
    const Amount out = sum_of_checked(payment.outputs, &Output::amount);
    const auto fee = checked_subtract(in, out);
    if (!fee) return refuse(Reason::outputs_exceed_inputs, shown(out), "at most " + shown(in));
    return *fee;
}

}  // namespace bezant
