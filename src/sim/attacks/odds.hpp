// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "sim/scenario.hpp"

namespace bezant::sim {

/// The chance that an attacker with this share q of all hash rate reverses a payment that has
/// `confirmations` n, where he has one block of his own before the payment is made, and tries
/// for ever (Rosenfeld 2012, "Analysis of hashrate-based double-spending", section 4):
///
///     1 - sum over m = 0 … n of C(m + n - 1, m) (p^n q^m - p^m q^n),  p = 1 - q;  1 if q >= p.
///
/// For people to read: it moves nothing.
[[nodiscard]] double double_spend_odds(PartsPerMillion share, std::uint32_t confirmations);

/// The chance that nothing happens where so many things are expected, by the law of Poisson: e to
/// the power of minus this.
[[nodiscard]] double chance_of_none(double expected);

/// So far behind nobody comes back but once in 100,000 times: (q / p)^k, or (p / q)^k of those who
/// have more than half and get so far behind; at most 100.
[[nodiscard]] std::uint32_t hopeless_deficit(PartsPerMillion share);

/// The chance that others with this share q of all hash rate have the longer chain in the end,
/// where two sides were cut off from each other until the other one had found n blocks:
///
///     sum over m > n of C(m + n - 1, m) p^n q^m,  and q times as much for m = n,  p = 1 - q
[[nodiscard]] double partition_odds(PartsPerMillion share, std::uint32_t blocks);

/// What a miner has of the hash rate, and what the network gives him.
struct RaceOdds {
    double share = 0;      ///< of all hash rate, the secret miner's: below one half
    double tie_share = 0;  ///< of the others' hash rate, what mines on his block in a tie
};

/// Eyal & Sirer 2014, equation 8: the share of the main chain's blocks that selfish mining earns
/// with share a of all hash rate, if a share g of the others mines on its block in a tie:
///
///     (a (1 - a)^2 (4a + g (1 - 2a)) - a^3) / (1 - a (1 + (2 - a) a))
[[nodiscard]] double selfish_revenue(const RaceOdds& odds);

/// From which share of all hash rate on it earns more than that share: (1 - g) / (3 - 2g).
[[nodiscard]] double selfish_threshold(double tie_share);

/// "by theory this succeeds 5.9 times in 100".
[[nodiscard]] std::string odds_text(double odds, int digits = 1);

}  // namespace bezant::sim
