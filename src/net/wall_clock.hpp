// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include "base/time.hpp"

namespace bezant::net {

/// The time of day, which an operator may set: it can go backwards.
inline Time time_of_day() {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::microseconds>(since_1970).count()};
}

}  // namespace bezant::net
