// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "node/effects.hpp"
#include "node/event.hpp"

namespace bezant::sim {

/// The neighbours who have greeted: those whom an adversary can tell something.
class Audience {
public:
    /// To be called with each event before it is dealt with.
    void see(const Event& event);
    void tell(const Message& message, Effects& effects) const;

private:
    std::vector<PeerId> neighbours_;
};

}  // namespace bezant::sim
