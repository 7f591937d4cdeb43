// SPDX-License-Identifier: Apache-2.0
#include "sim/timeline.hpp"

#include <algorithm>

namespace bezant::sim {

Happening& Timeline::schedule(Time at, EventKind kind, std::uint32_t destination,
                              std::uint32_t source) {
    std::uint32_t& sequence = sequences_[source];
    CHECK(sequence < UINT32_MAX, "no source makes four billion events");
    ++sequence;
    EventOrder order{std::max(at, now()), kind, destination, source, sequence};
    if (order < current_) {
        order = EventOrder{now() + microseconds(1), kind, destination, source, sequence};
    }
    return queue_.push(order);
}

Timeline::Queue::Popped Timeline::next() {
    const auto popped = queue_.pop();
    current_ = popped.order;
    return popped;
}

}  // namespace bezant::sim
