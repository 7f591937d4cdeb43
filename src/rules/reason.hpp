// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bezant {

/// Every way in which a block or a transaction can break the rules, in the order in which they are
/// checked. A rejection names the first that fails.
enum class Reason : std::uint8_t {
    // A block on its own.
    malformed_block,  ///< its bytes do not decode
    oversized_block,
    unknown_block_version,
    malformed_target,   ///< the compact target is not a canonical positive number
    insufficient_work,  ///< hash above the block's own target
    // A header on its parent.
    unknown_parent,
    invalid_parent,  ///< an ancestor broke a rule
    wrong_target,    ///< not what the schedule says
    time_too_early,  ///< not above the median of the last 11 blocks
    time_too_late,   ///< too far ahead of the participant's clock
    // A block's contents.
    merkle_root_mismatch,
    missing_coinbase,  ///< no transactions, or the first is not a coinbase
    extra_coinbase,    ///< a coinbase that is not the first
    coinbase_wrong_height,
    coinbase_bad_signature,
    // A transaction on its own.
    malformed_transaction,  ///< its bytes do not decode
    oversized_transaction,
    unknown_transaction_version,
    no_inputs,
    no_outputs,
    zero_output,      ///< an output of nothing
    amount_overflow,  ///< an output, or their sum, above all the money there can be
    duplicate_input,
    unexpected_coinbase,  ///< a coinbase offered as a payment
    // A transaction on the ledger.
    locked,  ///< its lock height has not been reached
    unknown_coin,
    coin_already_spent,
    immature_coinbase,
    wrong_owner,  ///< the key is not the one that the coin was paid to
    bad_signature,
    outputs_exceed_inputs,
    // A block's sums.
    coinbase_overclaims,  ///< more than subsidy and fees
};

inline constexpr std::size_t reason_count =
    static_cast<std::size_t>(Reason::coinbase_overclaims) + 1;

/// The reason's name as people and JSON see it: "coin_already_spent".
[[nodiscard]] std::string_view to_text(Reason reason);
/// One plain sentence that says what the rule is and which attack it stops.
[[nodiscard]] std::string_view explanation(Reason reason);
[[nodiscard]] std::optional<Reason> reason_from_text(std::string_view text);

/// Why a block or transaction is refused: the first rule broken, where, and what was found.
struct Rejection {
    Reason reason{};
    std::string got;
    std::string expected;
    std::optional<std::uint32_t> transaction;  ///< its position in the block
    std::optional<std::uint32_t> input;        ///< position of the input or output at fault

    friend bool operator==(const Rejection&, const Rejection&) = default;
};

/// "coin_already_spent: transaction 3, input 0: got …, expected …".
[[nodiscard]] std::string to_text(const Rejection& rejection);

}  // namespace bezant
