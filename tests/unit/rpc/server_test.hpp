// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "rpc/access.hpp"
#include "rpc/http_server.hpp"
#include "tests/support/fake_node.hpp"
#include "tests/support/line.hpp"

namespace bezant::test {

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
