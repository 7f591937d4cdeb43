// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>

#include "sim/actor.hpp"
#include "sim/event_queue.hpp"
#include "sim/simulated_disk.hpp"
#include "sim/world/schedule.hpp"

namespace bezant::sim {

/// A participant's place in the world: what is there whether someone sits in it or not.
struct Place {
    std::unique_ptr<Actor> actor;  ///< nobody while crashed
    std::uint64_t life = 0;        ///< counts restarts: what was meant for an earlier life is lost
    SimulatedDisk disk;
    Duration skew;    ///< how far his clock is ahead
    Time busy_until;  ///< checking takes time; what comes meanwhile waits
    Time safe_at;     ///< all that he stored is on disk by then; later messages leave later
    std::deque<EventQueue<Happening>::Popped> waiting;
    bool wants_to_mine = false;

    [[nodiscard]] const Participant* participant() const {
        return actor ? actor->participant() : nullptr;
    }
    [[nodiscard]] bool is_honest() const { return actor && actor->is_honest(); }
};

}  // namespace bezant::sim
