// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <toml++/toml.h>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/amount.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "sim/scenario.hpp"

namespace bezant::sim {

/// A kind of value that a scenario's key can have: how it is read from TOML, and how it is written.
/// A reader's error says what it would have liked: "a duration such as \"80 ms\"".
template <class T>
struct ValueKind {
    std::string type;  ///< as the documentation calls it
    std::function<Result<T, std::string>(const toml::node&)> read;
    std::function<std::string(const T&)> write;
};

/// A whole number in [low, high].
[[nodiscard]] ValueKind<std::uint64_t> whole_number(std::uint64_t low, std::uint64_t high);

/// "20 ms", "3 s", "10 min", "2 h", "1 d", or a whole number of seconds; in [low, high].
[[nodiscard]] ValueKind<Duration> duration(Duration low, Duration high);

/// "0.25" BZT as text, exact, or a whole number of BZT; at most the 21 million there can be.
[[nodiscard]] ValueKind<Amount> amount();

/// A number between 0 and 1, kept in millionths.
[[nodiscard]] ValueKind<PartsPerMillion> share();

/// A list of at most `count_max` shares.
[[nodiscard]] ValueKind<std::vector<PartsPerMillion>> share_list(std::size_t count_max);

/// "equal", "normal:DEVIATION", "zipf:EXPONENT".
[[nodiscard]] ValueKind<HashRateLaw> hash_rate_law();

[[nodiscard]] ValueKind<bool> yes_or_no();
[[nodiscard]] ValueKind<std::string> text();

/// One of these words.
template <class Enum>
[[nodiscard]] ValueKind<Enum> one_of(const std::vector<std::pair<std::string_view, Enum>>& words);

// --- below: how

/// "one of: a, b, c" with "did you mean" where a word comes near.
[[nodiscard]] std::string choice_advice(const std::vector<std::string_view>& words,
                                        std::string_view written);

template <class Enum>
ValueKind<Enum> one_of(const std::vector<std::pair<std::string_view, Enum>>& words) {
    std::vector<std::string_view> names;
    std::string type = "one of";
    for (const auto& [name, value] : words) {
        type += (names.empty() ? " " : ", ") + ('"' + std::string{name} + '"');
        names.push_back(name);
    }
    return {type,
            [words, names](const toml::node& node) -> Result<Enum, std::string> {
                const auto written = node.value<std::string_view>().value_or("");
                for (const auto& [name, value] : words) {
                    if (name == written) return value;
                }
                return unexpected(choice_advice(names, written));
            },
            [words](const Enum& value) {
                for (const auto& [name, candidate] : words) {
                    if (candidate == value) return '"' + std::string{name} + '"';
                }
                return std::string{};
            }};
}

}  // namespace bezant::sim
