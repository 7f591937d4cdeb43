// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <boost/asio.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rpc/access.hpp"
#include "rpc/http_server.hpp"
#include "tests/support/fake_node.hpp"

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

class ServerTest : public testing::Test {
protected:
    void start(rpc::HttpServerOptions options = {}) {
        options.addresses = {free_port};
        server =
            rpc::HttpServer::start(loop, node, {.cookie = "__cookie__:5ec7e7"}, options).value();
    }
    Line line() { return Line{loop, server->addresses().front().port}; }
    /// The answer to this request and whatever else is said, until the connection ends.
    std::string answer(const std::string& request) {
        Line caller = line();
        caller.say_at_last(request);
        return caller.hear_all();
    }
    /// The same, but the caller would go on.
    std::string answer_of_waiting(const std::string& request) {
        Line caller = line();
        caller.say(request);
        return caller.hear_all();
    }
    static std::string call(const std::string& body, const std::string& more = "") {
        return "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " +
               rpc::basic_authorization("__cookie__:5ec7e7") + "\r\n" + more +
               "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    static std::string request(int id) {
        return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":"getblockcount"})";
    }
    static std::string result(int id) {
        return "{\"jsonrpc\":\"2.0\",\"result\":0,\"id\":" + std::to_string(id) + "}\n";
    }
    static std::string get(const std::string& path, const std::string& more = "") {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
    }

    const std::string last = "Connection: close\r\n";
    asio::io_context loop;
    FakeNode node;
    std::unique_ptr<rpc::HttpServer> server;
};

}  // namespace bezant::test
