// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/link_value.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "sim/topology/foreign_text.hpp"

namespace bezant::sim {

namespace {

/// All of the text as a number; the nearest double, which every compiler finds alike.
std::optional<double> number_from_text(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

Result<Duration, TopologyError> link_latency_from_ms(std::string_view text, std::size_t line) {
    const auto value_ms = number_from_text(text);
    if (!value_ms) {
        return unexpected(TopologyError{
            TopologyFault::not_a_number, line,
            fmt::format("the latency {} is not a number; write milliseconds, such as 12.5",
                        quoted(text))});
    }
    // Written so that not-a-number is refused too.
    if (!(*value_ms >= 0 && *value_ms <= static_cast<double>(link_latency_ms_max))) {
        return unexpected(
            TopologyError{TopologyFault::out_of_range, line,
                          fmt::format("the latency {} is not possible; write 0 to {} milliseconds",
                                      quoted(text), link_latency_ms_max)});
    }
    return Duration{static_cast<std::int64_t>(*value_ms * 1000 + 0.5)};
}

Result<std::uint64_t, TopologyError> link_bandwidth_from_bps(std::string_view text,
                                                             std::size_t line) {
    const auto value = number_from_text(text);
    if (!value) {
        return unexpected(TopologyError{
            TopologyFault::not_a_number, line,
            fmt::format("the bandwidth {} is not a number; write bits a second, such as 1000000",
                        quoted(text))});
    }
    const bool in_range = *value >= 1 && *value <= static_cast<double>(link_bandwidth_bps_max);
    const auto whole = in_range ? static_cast<std::uint64_t>(*value) : 0;
    if (!in_range || static_cast<double>(whole) < *value) {
        return unexpected(TopologyError{
            TopologyFault::out_of_range, line,
            fmt::format("the bandwidth {} is not possible; write a whole number of bits a second, "
                        "1 to {}",
                        quoted(text), link_bandwidth_bps_max)});
    }
    return whole;
}

}  // namespace bezant::sim
