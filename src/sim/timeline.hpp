// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "node/event.hpp"
#include "sim/event_queue.hpp"
#include "sim/observer.hpp"

namespace bezant::sim {

/// What an event brings.
struct Happening {
    Event event;               ///< for a participant; meaningless for what happens to the world
    std::uint64_t number = 0;  ///< what the world must know; means something else for each kind
};

/// The virtual clock, and all that is to happen.
class Timeline {
public:
    using Queue = EventQueue<Happening>;

    Timeline(Time start, std::uint32_t participants)
        : start_(start),
          current_(start, EventKind{}, 0, 0, 0),
          world_(participants),
          sequences_(participants + 1) {}

    [[nodiscard]] Time start() const { return start_; }
    [[nodiscard]] Time now() const { return current_.at(); }
    /// Source and destination of what no participant does or is given.
    [[nodiscard]] std::uint32_t world() const { return world_; }
    [[nodiscard]] bool empty() const { return queue_.empty(); }

    /// Puts an event in, not before now, and gives it to be filled in: it still holds what an
    /// earlier one brought. What would come before the present event in the order of this moment
    /// happens a microsecond later.
    Happening& schedule(Time at, EventKind kind, std::uint32_t destination, std::uint32_t source);

    /// Moves on to the next event; there must be one.
    Queue::Popped next();

    /// The event that comes after `others` more, as far as is known.
    [[nodiscard]] const Queue::Popped* peek(std::size_t others) const {
        return queue_.peek(others);
    }
    void expect_use(Queue::Slot slot) const { queue_.expect_use(slot); }

    /// Calls it with the place in the order and the content of all that is to happen, in no order.
    template <class Function>
    void for_each(const Function& function) const {
        queue_.for_each(function);
    }

    [[nodiscard]] Happening& happening(Queue::Slot slot) { return queue_.payload(slot); }
    [[nodiscard]] const Happening& happening(Queue::Slot slot) const {
        return queue_.payload(slot);
    }
    void release(Queue::Slot slot) { queue_.release(slot); }

private:
    Time start_;
    EventOrder current_;
    std::uint32_t world_;
    std::vector<std::uint32_t> sequences_;  ///< events that each source has made
    Queue queue_;
};

}  // namespace bezant::sim
