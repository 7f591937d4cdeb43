// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "apps/exit_code.hpp"
#include "base/result.hpp"

namespace bezant::apps {

/// What stops a command: what the program ends with, what went wrong, and what to do.
struct Failure {
    ExitCode code{};
    std::string what;
    std::string advice;
};

template <class Value>
using Outcome = Result<Value, Failure>;

/// Prints it, and gives the code.
[[nodiscard]] ExitCode print_failure(const Failure& failure);

/// What a command came to.
[[nodiscard]] inline ExitCode exit_code_of(const Outcome<void>& outcome) {
    return outcome ? ExitCode::good : print_failure(outcome.error());
}

}  // namespace bezant::apps
