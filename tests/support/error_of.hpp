// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

namespace bezant {

/// The error of a result, or nothing if it is a value, which has no error to look at.
template <class Result>
std::optional<typename Result::error_type> error_of(const Result& result) {
    return result ? std::nullopt : std::optional{result.error()};
}

}  // namespace bezant
