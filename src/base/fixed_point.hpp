// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace bezant {

// Functions of fixed-point numbers with 32 fractional bits, by integer arithmetic only, so that
// every machine gets the same; good to about 2^-31.

/// Minus the natural logarithm of (bits + 1) / 2^64.
[[nodiscard]] std::uint64_t negative_log_q32(std::uint64_t bits);

/// e^x; UINT64_MAX where that is 2^32 or more.
[[nodiscard]] std::uint64_t exponential_q32(std::uint64_t x_q32);

/// The natural logarithm of a whole number, which must not be 0.
[[nodiscard]] std::uint64_t logarithm_q32(std::uint64_t number);

}  // namespace bezant
