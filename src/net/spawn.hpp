// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <exception>
#include <utility>

#include "base/time.hpp"

namespace bezant::net {

template <class Value = void>
using Task = boost::asio::awaitable<Value>;

/// Lets a coroutine run by itself; it must keep alive what it uses. An exception, which only want
/// of memory or a bug can bring, comes out of the loop that it runs in.
template <class Coroutine>
void spawn(const boost::asio::any_io_executor& executor, Coroutine&& coroutine) {
    boost::asio::co_spawn(executor, std::forward<Coroutine>(coroutine),
                          [](const std::exception_ptr& thrown) {
                              if (thrown) std::rethrow_exception(thrown);
                          });
}

constexpr std::chrono::microseconds real(Duration span) {
    return std::chrono::microseconds{span.microseconds};
}
constexpr Duration passed(std::chrono::steady_clock::duration span) {
    return {std::chrono::duration_cast<std::chrono::microseconds>(span).count()};
}

/// Ends what takes too long: closes the socket when the time is up, unless it goes out of scope
/// before. What waited for the socket then fails.
template <class Socket>
class Deadline {
public:
    /// The socket must outlive the deadline.
    Deadline(Socket& socket, Duration length)
        : timer_(socket.get_executor(), real(length)), alive_(std::make_shared<Socket*>(&socket)) {
        timer_.async_wait([alive = alive_](const boost::system::error_code& cancelled) {
            boost::system::error_code ignored;
            if (!cancelled && *alive != nullptr) (*alive)->close(ignored);
        });
    }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;
    ~Deadline() { *alive_ = nullptr; }

private:
    boost::asio::steady_timer timer_;
    std::shared_ptr<Socket*> alive_;
};

}  // namespace bezant::net
