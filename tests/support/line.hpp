// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "node/network_address.hpp"

namespace bezant::test {

namespace asio = boost::asio;
using asio::ip::tcp;

inline const NetworkAddress free_port{.host = ipv4_host(127, 0, 0, 1), .port = 0};

/// Lets something happen; false when nothing does for so long that nothing will.
inline bool goes_on(asio::io_context& loop) {
    return loop.run_one_for(std::chrono::seconds{20}) > 0;
}

/// A caller who says bytes and hears bytes.
class Line {
public:
    Line(asio::io_context& loop, std::uint16_t port)
        : loop_(loop), socket_(std::make_shared<tcp::socket>(loop)) {
        socket_->connect({asio::ip::address_v4::loopback(), port});
    }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    /// What has not been heard yet stays where it is until the loop has let go of it.
    ~Line() {
        boost::system::error_code ignored;
        socket_->close(ignored);
    }

    void say(std::string text) {
        const auto said = std::make_shared<std::string>(std::move(text));
        asio::async_write(*socket_, asio::buffer(*said), [said](auto, auto) {});
    }
    /// The last that is said.
    void say_at_last(std::string text) {
        const auto said = std::make_shared<std::string>(std::move(text));
        asio::async_write(*socket_, asio::buffer(*said),
                          [said, socket = socket_](auto, auto) { end(*socket); });
    }
    /// All that is heard until the other end is silent for good.
    std::string hear_all() {
        bool over = false;
        asio::async_read(*socket_, asio::dynamic_buffer(heard_), [&](auto, auto) { over = true; });
        while (!over && goes_on(loop_)) continue;
        return over ? heard_ : "nothing, for a long time, after: " + heard_;
    }
    /// What is heard up to and with this.
    std::string hear_until(const std::string& end) {
        std::optional<std::size_t> length;
        asio::async_read_until(*socket_, asio::dynamic_buffer(heard_), end,
                               [&](auto, std::size_t bytes) { length = bytes; });
        while (!length && goes_on(loop_)) continue;
        if (!length) return "nothing, for a long time, after: " + heard_;
        std::string part = heard_.substr(0, *length);
        heard_.erase(0, *length);
        return part;
    }
    void say_no_more() { end(*socket_); }

private:
    static void end(tcp::socket& socket) {
        boost::system::error_code ignored;
        socket.shutdown(tcp::socket::shutdown_send, ignored);
    }

    asio::io_context& loop_;
    std::shared_ptr<tcp::socket> socket_;
    std::string heard_;
};

}  // namespace bezant::test
