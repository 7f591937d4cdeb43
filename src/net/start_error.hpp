// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace bezant::net {

/// Why a node cannot be started: a sentence that says what and where, and one that says what to do.
struct StartError {
    std::string what;
    std::string advice;
};

}  // namespace bezant::net
