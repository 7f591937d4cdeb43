// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <utility>

#include "base/amount.hpp"
#include "base/hex.hpp"
#include "base/result.hpp"
#include "base/strong_integer.hpp"
#include "ledger/target.hpp"
#include "ledger/transaction.hpp"
#include "rules/reason.hpp"

namespace bezant {

/// The failure of a rule, as a check returns it.
[[nodiscard]] inline unexpected<Rejection> refuse(Reason reason, std::string got,
                                                  std::string expected) {
    return unexpected{Rejection{reason, std::move(got), std::move(expected), {}, {}}};
}

/// The same at one input or output of a transaction.
[[nodiscard]] inline unexpected<Rejection> refuse_at(std::size_t position, Reason reason,
                                                     std::string got, std::string expected) {
    return unexpected{Rejection{
        reason, std::move(got), std::move(expected), {}, static_cast<std::uint32_t>(position)}};
}

/// The same of one transaction of a block.
[[nodiscard]] inline unexpected<Rejection> refuse_in(std::size_t transaction, Reason reason,
                                                     std::string got, std::string expected) {
    return unexpected{Rejection{
        reason, std::move(got), std::move(expected), static_cast<std::uint32_t>(transaction), {}}};
}

/// A transaction's rejection as part of its block.
[[nodiscard]] inline unexpected<Rejection> in_transaction(std::size_t position,
                                                          Rejection rejection) {
    rejection.transaction = static_cast<std::uint32_t>(position);
    return unexpected{std::move(rejection)};
}

// How values read in a rejection.
[[nodiscard]] inline std::string shown(Amount amount) { return to_text(amount) + " BZT"; }
[[nodiscard]] inline std::string shown(Height height) {
    return "height " + std::to_string(height.value);
}
[[nodiscard]] inline std::string shown(std::unsigned_integral auto number) {
    return std::to_string(number);
}
template <class Tag>
[[nodiscard]] std::string shown(const FixedBytes<Tag, 32>& hash) {
    return to_hex_reversed(hash.view());
}
[[nodiscard]] std::string shown(const OutPoint& outpoint);
/// The eight hexadecimal digits of a header's target field.
[[nodiscard]] std::string shown(CompactTarget target);
/// What a signature should have been.
[[nodiscard]] std::string shown_signature(const PublicKey& key, const Hash256& message);

}  // namespace bezant
