// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace bezant::fleet {

/// Why a fleet came to no good end.
struct Failure {
    enum class Kind : std::uint8_t {
        environment,  ///< a process, a file or a port is in the way
        check,        ///< what the nodes say is not as it must be
        interrupted,  ///< whoever started it does not want any more
    };
    Kind kind = Kind::environment;
    std::string what;  ///< a sentence
};

}  // namespace bezant::fleet
