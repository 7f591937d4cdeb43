// SPDX-License-Identifier: Apache-2.0
#include "net/timer_queue.hpp"

#include <utility>

#include "net/spawn.hpp"

namespace bezant::net {

namespace {

/// Kinds that are no peer's.
bool is_of(const Timer& timer, PeerId peer) {
    return timer.peer == peer && timer.kind != TimerKind::refresh_template &&
           timer.kind != TimerKind::tend_peers;
}

}  // namespace

TimerQueue::TimerQueue(const boost::asio::any_io_executor& executor, Fired fired)
    : fired_(std::move(fired)), alarm_(executor) {}

void TimerQueue::set(const Timer& timer, Duration delay) {
    const Clock::time_point due = Clock::now() + real(std::max(delay, Duration{}));
    const auto [place, added] =
        waiting_.insert({.due = due, .number = next_number_++, .timer = timer});
    if (place == waiting_.begin()) arm();
}

void TimerQueue::forget(PeerId peer) {
    std::erase_if(waiting_, [peer](const Waiting& waiting) { return is_of(waiting.timer, peer); });
}

void TimerQueue::arm() {
    alarm_.expires_at(waiting_.begin()->due);
    alarm_.async_wait(
        [this, alive = lifetime_.watch()](const boost::system::error_code& cancelled) {
            if (!cancelled && *alive) fire();
        });
}

// One at a time, so that other work of the loop gets its turn between two.
void TimerQueue::fire() {
    if (waiting_.empty()) return;
    if (waiting_.begin()->due <= Clock::now()) {
        const Timer timer = waiting_.extract(waiting_.begin()).value().timer;
        fired_(timer);
    }
    if (!waiting_.empty()) arm();
}

}  // namespace bezant::net
