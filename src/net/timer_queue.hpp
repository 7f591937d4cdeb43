// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <set>
#include <tuple>

#include "base/time.hpp"
#include "net/lifetime.hpp"
#include "node/event.hpp"

namespace bezant::net {

/// A participant's timers on one of the operating system's. They run by a clock that nobody sets.
class TimerQueue {
public:
    using Clock = std::chrono::steady_clock;
    using Fired = std::function<void(const Timer&)>;

    TimerQueue(const boost::asio::any_io_executor& executor, Fired fired);

    /// Those due at the same moment fire in the order in which they were set.
    void set(const Timer& timer, Duration delay);
    /// Takes back all of this peer's. Linear in the number of timers.
    void forget(PeerId peer);
    [[nodiscard]] std::size_t size() const { return waiting_.size(); }

private:
    struct Waiting {
        Clock::time_point due;
        std::uint64_t number = 0;
        Timer timer;

        friend bool operator<(const Waiting& left, const Waiting& right) {
            return std::tie(left.due, left.number) < std::tie(right.due, right.number);
        }
    };

    void arm();
    void fire();

    Fired fired_;
    std::set<Waiting> waiting_;
    std::uint64_t next_number_ = 0;
    Lifetime lifetime_;
    boost::asio::steady_timer alarm_;
};

}  // namespace bezant::net
