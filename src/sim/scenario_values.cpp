// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario_values.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <ranges>

#include "base/suggestion.hpp"
#include "sim/topology/probability.hpp"

namespace bezant::sim {

namespace {

constexpr std::uint64_t bezants_max = 21'000'000;

struct TimeUnit {
    std::string_view name;
    std::int64_t microseconds;
};
constexpr std::array<TimeUnit, 6> time_units{{{"us", 1},
                                              {"ms", 1'000},
                                              {"s", 1'000'000},
                                              {"min", 60'000'000},
                                              {"h", 3'600'000'000},
                                              {"d", 86'400'000'000}}};

/// "80 ms" or "80ms"; nothing for anything else, or for more than fits.
std::optional<Duration> duration_from_text(std::string_view written) {
    std::int64_t count = 0;
    const char* end = written.data() + written.size();
    const auto [stopped, error] = std::from_chars(written.data(), end, count);
    if (error != std::errc{} || count < 0) return std::nullopt;
    std::string_view unit{stopped, static_cast<std::size_t>(end - stopped)};
    while (unit.starts_with(' ')) unit.remove_prefix(1);
    for (const TimeUnit& known : time_units) {
        if (unit != known.name) continue;
        if (count > INT64_MAX / known.microseconds) return std::nullopt;
        return Duration{count * known.microseconds};
    }
    return std::nullopt;
}

std::string text_of(Duration span) {
    if (span.microseconds == 0) return "\"0 s\"";
    for (const TimeUnit& unit : std::views::reverse(time_units)) {
        if (span.microseconds % unit.microseconds != 0) continue;
        return fmt::format("\"{} {}\"", span.microseconds / unit.microseconds, unit.name);
    }
    return {};
}

std::optional<Duration> duration_from(const toml::node& node) {
    if (const auto written = node.value_exact<std::string_view>()) {
        return duration_from_text(*written);
    }
    const auto whole_seconds = node.value_exact<std::int64_t>();
    if (!whole_seconds || *whole_seconds < 0 || *whole_seconds > INT64_MAX / 1'000'000) {
        return std::nullopt;
    }
    return seconds(*whole_seconds);
}

std::optional<Amount> amount_from(const toml::node& node) {
    if (const auto written = node.value_exact<std::string_view>())
        return amount_from_text(*written);
    const auto whole = node.value_exact<std::int64_t>();
    if (!whole || *whole < 0 || static_cast<std::uint64_t>(*whole) > bezants_max)
        return std::nullopt;
    return bezants(static_cast<std::uint64_t>(*whole));
}

std::optional<PartsPerMillion> share_from(const toml::node& node) {
    const auto number = node.value<double>();
    if (!number || !(*number >= 0.0 && *number <= 1.0)) return std::nullopt;
    return static_cast<PartsPerMillion>(*number * one_million + 0.5);
}

/// Up to 10, in millionths.
std::optional<std::uint32_t> law_parameter(std::string_view written) {
    constexpr std::uint64_t parameter_max = 10 * std::uint64_t{one_million};
    const auto value = fixed_point_from_text(written, 6);
    if (!value || *value > parameter_max) return std::nullopt;
    return static_cast<std::uint32_t>(*value);
}

std::optional<HashRateLaw> hash_rate_law_from(std::string_view written) {
    using Kind = HashRateLaw::Kind;
    if (written == "equal") return HashRateLaw{};
    const std::size_t colon = written.find(':');
    if (colon == written.npos) return std::nullopt;
    const std::string_view name = written.substr(0, colon);
    const auto parameter = law_parameter(written.substr(colon + 1));
    if (!parameter || (name != "normal" && name != "zipf")) return std::nullopt;
    return HashRateLaw{name == "normal" ? Kind::normal : Kind::zipf, *parameter};
}

std::string text_of_share(PartsPerMillion share) {
    std::string digits = fmt::format("{}.{:06}", share / one_million, share % one_million);
    while (digits.ends_with('0') && !digits.ends_with(".0")) digits.pop_back();
    return digits;
}

}  // namespace

ValueKind<std::uint64_t> whole_number(std::uint64_t low, std::uint64_t high) {
    return {"whole number",
            [low, high](const toml::node& node) -> Result<std::uint64_t, std::string> {
                const auto number = node.value_exact<std::int64_t>();
                if (number && *number >= 0) {
                    const auto value = static_cast<std::uint64_t>(*number);
                    if (value >= low && value <= high) return value;
                }
                return unexpected(fmt::format("write a whole number from {} to {}", low, high));
            },
            [](const std::uint64_t& value) { return std::to_string(value); }};
}

ValueKind<Duration> duration(Duration low, Duration high) {
    return {"duration",
            [low, high](const toml::node& node) -> Result<Duration, std::string> {
                const auto span = duration_from(node);
                if (span && *span >= low && *span <= high) return *span;
                return unexpected(fmt::format(
                    "write a duration from {} to {}, with a unit of us, ms, s, min, h or d",
                    text_of(low), text_of(high)));
            },
            text_of};
}

ValueKind<Amount> amount() {
    return {"amount in BZT",
            [](const toml::node& node) -> Result<Amount, std::string> {
                const auto value = amount_from(node);
                if (value && *value <= bezants(bezants_max)) return *value;
                return unexpected(fmt::format(
                    "write an amount of BZT in quotes, from \"0.00\" to \"{}\", with at most eight "
                    "decimals, such as \"0.25\"",
                    to_text(bezants(bezants_max))));
            },
            [](const Amount& value) { return '"' + to_text(value) + '"'; }};
}

ValueKind<PartsPerMillion> share() {
    return {"share",
            [](const toml::node& node) -> Result<PartsPerMillion, std::string> {
                const auto value = share_from(node);
                if (value) return *value;
                return unexpected(std::string{"write a number from 0 to 1, such as 0.05"});
            },
            text_of_share};
}

ValueKind<std::vector<PartsPerMillion>> share_list(std::size_t count_max) {
    using List = std::vector<PartsPerMillion>;
    return {"list of shares",
            [count_max](const toml::node& node) -> Result<List, std::string> {
                const std::string advice =
                    "write a list of numbers from 0 to 1, such as [0.6, 0.4]";
                const toml::array* array = node.as_array();
                if (array == nullptr || array->size() > count_max) return unexpected(advice);
                List list;
                for (const toml::node& item : *array) {
                    const auto value = share_from(item);
                    if (!value) return unexpected(advice);
                    list.push_back(*value);
                }
                return list;
            },
            [](const List& list) {
                std::string written = "[";
                for (const PartsPerMillion value : list) {
                    written += (written.size() > 1 ? ", " : "") + text_of_share(value);
                }
                return written + "]";
            }};
}

ValueKind<HashRateLaw> hash_rate_law() {
    return {"hash rate law",
            [](const toml::node& node) -> Result<HashRateLaw, std::string> {
                const auto law = hash_rate_law_from(node.value<std::string_view>().value_or(""));
                if (law) return *law;
                return unexpected(std::string{
                    R"(write "equal", "normal:0.25" or "zipf:1", with a number from 0 to 10)"});
            },
            [](const HashRateLaw& law) {
                using Kind = HashRateLaw::Kind;
                if (law.kind == Kind::equal) return std::string{R"("equal")"};
                return fmt::format(R"("{}:{}")", law.kind == Kind::normal ? "normal" : "zipf",
                                   text_of_share(law.parameter_ppm));
            }};
}

ValueKind<bool> yes_or_no() {
    return {"true or false",
            [](const toml::node& node) -> Result<bool, std::string> {
                if (const auto value = node.value_exact<bool>()) return *value;
                return unexpected(std::string{"write true or false"});
            },
            [](const bool& value) { return std::string{value ? "true" : "false"}; }};
}

ValueKind<std::string> text() {
    return {"text",
            [](const toml::node& node) -> Result<std::string, std::string> {
                if (auto value = node.value_exact<std::string>()) return *std::move(value);
                return unexpected(std::string{"write a text in quotes"});
            },
            [](const std::string& value) { return '"' + value + '"'; }};
}

std::string choice_advice(const std::vector<std::string_view>& words, std::string_view written) {
    std::string advice = "write one of:";
    for (const std::string_view word : words) advice += fmt::format(" \"{}\"", word);
    if (const auto near = nearest(written, words)) {
        advice += fmt::format("; did you mean \"{}\"?", *near);
    }
    return advice;
}

}  // namespace bezant::sim
