// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "node/event.hpp"

namespace bezant {

struct ParticipantState;

/// How far along the chain of pointers that leads to what a participant looks at.
enum class Foresight : std::uint8_t {
    state,    ///< its own fields
    tables,   ///< what these point at: the tables of neighbours and payments
    entries,  ///< what these point at: the neighbour, the payment
};

/// The event will be handled soon: asks for the memory that it will need. Each step goes by what
/// the one before asked for, so others should be given their events in between.
void foresee(const ParticipantState& self, const Event& event, Foresight step);

}  // namespace bezant
