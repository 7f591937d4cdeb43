// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/observer.hpp"

namespace bezant::sim {

/// One with whom a participant has an open connection.
struct Neighbour {
    ParticipantId who = 0;
    bool outbound = false;  ///< the participant called him

    friend bool operator==(const Neighbour&, const Neighbour&) = default;
};

}  // namespace bezant::sim
