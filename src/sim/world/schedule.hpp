// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "node/event.hpp"
#include "sim/event_order.hpp"
#include "sim/event_queue.hpp"

namespace bezant::sim {

/// What comes: an event for a participant, or something for the world that only a number says.
struct Happening {
    Event event;
    std::uint64_t life = 0;    ///< of the participant it is meant for: lost if he crashes before
    std::uint64_t number = 0;  ///< means something to whoever asked for it
};

/// Everything that is to come, in total order. Sources count their events, so that no two have the
/// same place.
class Schedule {
public:
    /// Participants are 0 to count - 1; the world itself is the source `count`.
    explicit Schedule(std::uint32_t participants) : sequences_(participants + std::size_t{1}) {}

    [[nodiscard]] std::uint32_t world() const {
        return static_cast<std::uint32_t>(sequences_.size() - 1);
    }

    /// Puts an event on the schedule. One that would have its place before the event being dealt
    /// with (of the same moment, but of a kind that comes first) happens a microsecond later.
    void add(Time at, EventKind kind, std::uint32_t destination, std::uint32_t source,
             Happening happening) {
        EventOrder order{at, kind, destination, source, sequences_[source]++};
        if (order < last_) {
            order = {last_.at() + microseconds(1), kind, destination, source, order.sequence()};
        }
        ++pending_[static_cast<std::size_t>(kind)];
        Happening& place = queue_.push(order);
        place = std::move(happening);
    }

    [[nodiscard]] bool empty() const { return queue_.empty(); }
    [[nodiscard]] EventQueue<Happening>::Popped pop() {
        const auto popped = queue_.pop();
        last_ = popped.order;
        --pending_[static_cast<std::size_t>(popped.order.kind())];
        return popped;
    }
    [[nodiscard]] Happening& payload(std::uint32_t slot) { return queue_.payload(slot); }
    void release(std::uint32_t slot) { queue_.release(slot); }

    /// How many events of a kind are still to come.
    [[nodiscard]] std::uint64_t pending(EventKind kind) const {
        return pending_[static_cast<std::size_t>(kind)];
    }

private:
    EventQueue<Happening> queue_;
    EventOrder last_;
    std::vector<std::uint32_t> sequences_;
    std::array<std::uint64_t, 32> pending_{};
};

}  // namespace bezant::sim
