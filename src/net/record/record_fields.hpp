// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "base/time.hpp"
#include "ledger/codec.hpp"

namespace bezant::net {

// Fields that several parts of a record have.

/// A byte that is 0 or 1.
[[nodiscard]] inline bool flag(Decoder& in, std::string_view field) {
    const std::uint8_t value = in.u8(field);
    if (value > 1) in.fail(DecodeReason::bad_value, field);
    return value == 1;
}

/// A moment up to the year 9999.
[[nodiscard]] inline Time decode_time(Decoder& in) {
    constexpr std::uint64_t time_max = 253'402'300'799'999'999;
    const std::uint64_t value = in.u64("time");
    if (value > time_max) in.fail(DecodeReason::bad_value, "time");
    return in.failed() ? Time{} : Time{static_cast<std::int64_t>(value)};
}

/// Whether there is one, and then the value, if there is.
template <class Value, class Put>
void put_optional(Encoder& out, const std::optional<Value>& value, Put&& put) {
    out.u8(value ? 1 : 0);
    if (value) put(*value);
}

}  // namespace bezant::net
