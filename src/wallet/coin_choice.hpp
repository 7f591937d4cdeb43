// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/amount.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "wallet/unsigned_payment.hpp"

namespace bezant::wallet {

/// Which coins to spend for a payment at a fee rate. A participant of the simulated world chooses
/// in another way (node/wallet.hpp): it takes the largest of its coins for a fee that was
/// given, which is all that a workload needs, and its runs must stay what they are. Here it is a
/// person's money: what matters is the fee over time, and that strangers learn little from change.

/// The highest fee rate that is taken: 10 BZT a byte.
inline constexpr std::uint64_t units_per_byte_max = 10 * units_per_bezant;

struct ChoiceOrder {
    Amount amount;                 ///< what all outputs pay together, without change
    std::size_t output_count = 1;  ///< without change
    std::uint64_t units_per_byte = 0;
    std::size_t transaction_bytes_max = 0;  ///< of the network
};

struct CoinChoice {
    std::vector<SpentCoin> coins;
    Amount fee;
    Amount change;  ///< for an output of its own; zero if there is none

    /// Of all the coins that were chosen: amount, fee and change together.
    [[nodiscard]] Amount sum() const;
};

enum class ChoiceError : Byte {
    /// The amount is zero, or no amount with its fee; the rate is above its bound; or the outputs
    /// alone make the transaction too long.
    out_of_range,
    insufficient_funds,  ///< all coins that are worth their fee are not enough
    too_many_coins,      ///< they are, but so many that the transaction would be too long
};

/// A plain English sentence for each, without a full stop.
[[nodiscard]] std::string_view to_text(ChoiceError error);

/// Change below this is not worth its fee when it is spent in its turn: it goes to the miner. At
/// least 1.
[[nodiscard]] Amount dust_limit(std::uint64_t units_per_byte);

/// What change costs, now as an output and later as an input.
[[nodiscard]] Amount cost_of_change(std::uint64_t units_per_byte);

/// Chooses coins worth the amount and the fee of the very transaction that comes of it:
/// - without change, if a search finds coins that overpay by no more than change would cost, then
///   those that overpay least (branch and bound: Erhardt, "An Evaluation of Coin Selection
///   Strategies", 2016, section 3.2; as in Bitcoin Core, at most 100,000 steps);
/// - else coins drawn at random until change is no dust ("single random draw" there): nobody can
///   guess from the coins which output is the change;
/// - else, where that would be too long or is not to be had, the largest.
/// No coin is spent that is worth less than its own fee. In every case the fee is exactly the
/// rate's, or without change at most cost_of_change() above it, and two bytes' fee where 252
/// outputs would become 253. The candidates must be different coins, and worth an amount together;
/// their order does not matter. The same candidates, order and state of `random` give the same
/// choice.
[[nodiscard]] Result<CoinChoice, ChoiceError> choose_coins(std::vector<SpentCoin> candidates,
                                                           const ChoiceOrder& order,
                                                           Random& random);

}  // namespace bezant::wallet
