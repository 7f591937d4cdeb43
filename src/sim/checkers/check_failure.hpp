// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace bezant::sim {

/// What a checker saw that must not be.
struct CheckFailure {
    std::string check;  ///< the checker's name
    std::string detail;

    friend bool operator==(const CheckFailure&, const CheckFailure&) = default;
};

/// Nothing, if all is well.
using CheckResult = std::optional<CheckFailure>;

}  // namespace bezant::sim
