// SPDX-License-Identifier: Apache-2.0
#include "rpc/tip_watch.hpp"

#include <boost/asio.hpp>
#include <chrono>

namespace bezant::rpc {

namespace asio = boost::asio;

/// One who waits, for as long as this is there.
class TipWatch::Waiter {
public:
    Waiter(TipWatch& watch, asio::steady_timer& timer) : watch_(watch), timer_(timer) {
        if (watch_.waiting_.empty()) watch_.node_->add_listener(watch_);
        watch_.waiting_.insert(&timer_);
    }
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    ~Waiter() {
        watch_.waiting_.erase(&timer_);
        if (watch_.node_ != nullptr && watch_.waiting_.empty())
            watch_.node_->remove_listener(watch_);
    }

private:
    TipWatch& watch_;
    asio::steady_timer& timer_;
};

asio::awaitable<bool> TipWatch::give_way() {
    const auto executor = co_await asio::this_coro::executor;
    co_await asio::post(executor, asio::use_awaitable);
    co_return node_ != nullptr;
}

asio::awaitable<bool> TipWatch::wait_for_tip(Duration length_max) {
    if (node_ == nullptr) co_return false;
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer{executor, std::chrono::microseconds{length_max.microseconds}};
    const Waiter waiter{*this, timer};
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    co_return node_ != nullptr;
}

void TipWatch::close() {
    if (node_ != nullptr && !waiting_.empty()) node_->remove_listener(*this);
    node_ = nullptr;
    wake_all();
}

void TipWatch::noticed(const Notice& notice, Time /*now*/) {
    if (std::holds_alternative<TipMoved>(notice)) wake_all();
}

void TipWatch::wake_all() {
    for (asio::steady_timer* timer : waiting_) timer->cancel();
}

}  // namespace bezant::rpc
