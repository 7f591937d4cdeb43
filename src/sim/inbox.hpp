// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/timeline.hpp"

namespace bezant::sim {

/// Events that wait until a participant has time for them, first come, first served.
class Inbox {
public:
    [[nodiscard]] bool empty() const { return next_ == events_.size(); }
    /// Those that wait, the first first.
    [[nodiscard]] std::span<const Timeline::Queue::Popped> waiting() const {
        return std::span{events_}.subspan(next_);
    }
    void push(const Timeline::Queue::Popped& event) { events_.push_back(event); }

    /// There must be one.
    Timeline::Queue::Popped pop() {
        CHECK(!empty(), "something waits");
        const Timeline::Queue::Popped event = events_[next_++];
        if (empty()) {
            events_.clear();
            next_ = 0;
        }
        return event;
    }

private:
    std::vector<Timeline::Queue::Popped> events_;
    std::size_t next_ = 0;
};

}  // namespace bezant::sim
