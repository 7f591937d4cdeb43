// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/random.hpp"

namespace bezant::sim {

/// A probability in billionths: exact, and fine enough for the links of a million participants.
struct Probability {
    static constexpr std::uint32_t one = 1'000'000'000;

    std::uint32_t billionths = 0;  ///< at most `one`

    friend constexpr auto operator<=>(Probability, Probability) = default;
};

/// True with this probability.
inline bool happens(Probability probability, Random& random) {
    return random.chance(probability.billionths, Probability::one);
}

/// The value of "12", "0.5" or ".05" in units of 10^-digits; nothing if that is not a whole number
/// of units, if it needs more than 63 bits, or if the text is anything else. At most 18 digits.
[[nodiscard]] std::optional<std::uint64_t> fixed_point_from_text(std::string_view text,
                                                                 unsigned digits);

/// A probability from its decimal text: "0", "0.05", "1".
[[nodiscard]] std::optional<Probability> probability_from_text(std::string_view text);

}  // namespace bezant::sim
