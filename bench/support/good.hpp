// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <type_traits>
#include <utility>

#include "base/result.hpp"
#include "fleet/failure.hpp"

namespace bezant::bench {

/// What a fleet gave, or the end of the benchmark: without it there is nothing to measure.
template <class Value, class Error>
Value good(Result<Value, Error> result) {
    if (!result) {
        if constexpr (std::is_same_v<Error, fleet::Failure>)
            fmt::print(stderr, "{}\n", result.error().what);
        else
            fmt::print(stderr, "{}\n", result.error());
        std::exit(EXIT_FAILURE);
    }
    if constexpr (!std::is_void_v<Value>) return *std::move(result);
}

}  // namespace bezant::bench
