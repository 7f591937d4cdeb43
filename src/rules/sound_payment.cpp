// SPDX-License-Identifier: Apache-2.0
#include "rules/sound_payment.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "rules/transaction_format.hpp"

namespace bezant {

namespace {

/// Nothing if 64 bits cannot hold it: the outputs may be anybody's invention.
std::optional<Amount> sum_of(std::span<const Output> outputs) {
    std::optional<Amount> sum = Amount{};
    for (const Output& output : outputs) {
        sum = checked_add(*sum, output.amount);
        if (!sum) break;
    }
    return sum;
}

bool is_by_owners(const Transaction& payment, std::span<const Output> spent) {
    return std::ranges::equal(payment.inputs, spent, [](const Input& input, const Output& output) {
        return public_key_hash(input.public_key) == output.owner;
    });
}

}  // namespace

std::optional<Amount> fee_if_sound(const Transaction& payment, std::span<const Output> spent,
                                   const Parameters& parameters, Amount supply_max,
                                   SignatureVerifier& signatures) {
    CHECK(spent.size() == payment.inputs.size(), "each input comes with the coin it spends");
    if (!check_payment_format(payment, parameters, supply_max)) return std::nullopt;
    const auto in = sum_of(spent);
    const auto out = sum_of(payment.outputs);
    const auto fee = in && out ? checked_subtract(*in, *out) : std::nullopt;
    if (!fee || !is_by_owners(payment, spent)) return std::nullopt;
    const Hash256 message = signature_message(payment, spent, parameters.genesis_hash);
    const bool is_signed = std::ranges::all_of(payment.inputs, [&](const Input& input) {
        return signatures.is_valid(input.public_key, message, input.signature);
    });
    return is_signed ? fee : std::nullopt;
}

}  // namespace bezant
