// SPDX-License-Identifier: Apache-2.0
// The server over sockets on loopback: one event loop runs it and its callers.
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "rpc/access.hpp"
#include "tests/unit/rpc/server_test.hpp"

namespace bezant::test {
namespace {

using Server = ServerTest;

TEST_F(Server, AnswersACallWithTheCookie) {
    start();
    const std::string heard = answer(call(request(1), last));
    EXPECT_TRUE(heard.starts_with("HTTP/1.1 200 OK\r\n")) << heard;
    EXPECT_TRUE(heard.ends_with("\r\n\r\n" + result(1))) << heard;
    EXPECT_NE(heard.find("Content-Type: application/json\r\n"), std::string::npos);
}

TEST_F(Server, RefusesACallWithoutTheCookieBeforeItsBodyIsRead) {
    start();
    const std::string heard = answer_of_waiting(
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\nno more than this");
    EXPECT_TRUE(heard.starts_with("HTTP/1.1 401 Unauthorized\r\n")) << heard;
    EXPECT_NE(heard.find("WWW-Authenticate: Basic realm=\"bezant\"\r\n"), std::string::npos);
    EXPECT_TRUE(answer("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " +
                       rpc::basic_authorization("__cookie__:5ec7e8") +
                       "\r\nContent-Length: 0\r\n\r\n")
                    .starts_with("HTTP/1.1 401"));
}

TEST_F(Server, RefusesForeignHostsAndPages) {
    start();
    EXPECT_TRUE(answer("GET /health HTTP/1.1\r\nHost: evil.example\r\n\r\n")
                    .starts_with("HTTP/1.1 403 Forbidden\r\n"));
    EXPECT_TRUE(answer(call(request(1), "Origin: http://evil.example\r\n"))
                    .starts_with("HTTP/1.1 403 Forbidden\r\n"));
    EXPECT_TRUE(answer("GET /health HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 400"));
}

TEST_F(Server, RefusesHeadersThatAreThereTwice) {
    start();
    EXPECT_TRUE(answer(get("/health", "Host: localhost\r\n")).starts_with("HTTP/1.1 400"));
    EXPECT_TRUE(answer(get("/health", "Origin: http://localhost\r\nOrigin: null\r\n"))
                    .starts_with("HTTP/1.1 400"));
    EXPECT_TRUE(answer(call(request(1), "Authorization: Basic x\r\n")).starts_with("HTTP/1.1 400"));
}

TEST_F(Server, KeepsTheConnectionAndAnswersInOrder) {
    start();
    Line caller = line();
    caller.say(call(request(1)) + call(request(2)) + get("/health"));
    EXPECT_TRUE(caller.hear_until(result(1)).starts_with("HTTP/1.1 200"));
    EXPECT_TRUE(caller.hear_until(result(2)).starts_with("HTTP/1.1 200"));
    EXPECT_TRUE(caller.hear_until("{\"status\":\"ok\"}\n").starts_with("HTTP/1.1 200"));
    caller.say(call(request(3)));
    EXPECT_TRUE(caller.hear_until(result(3)).starts_with("HTTP/1.1 200"));
    EXPECT_EQ(server->connections(), 1U);
}

TEST_F(Server, HalfARequestWaitsForItsOtherHalf) {
    start();
    Line caller = line();
    const std::string whole = call(request(1), last);
    caller.say(whole.substr(0, 20));
    loop.poll();
    caller.say(whole.substr(20, whole.size() - 30));
    loop.poll();
    caller.say(whole.substr(whole.size() - 10));
    EXPECT_TRUE(caller.hear_all().ends_with(result(1)));
}

TEST_F(Server, HalfARequestAndNoMoreIsForgotten) {
    start();
    Line caller = line();
    caller.say(call(request(1)).substr(0, 100));
    loop.poll();
    caller.say_no_more();
    EXPECT_EQ(caller.hear_all(), "");
    while (server->connections() != 0 && goes_on(loop)) continue;
    EXPECT_EQ(server->connections(), 0U);
}

TEST_F(Server, WhoIsTooSlowIsLetGo) {
    rpc::HttpServerOptions options;
    options.head_wait_max = milliseconds(1);
    start(options);
    EXPECT_EQ(line().hear_all(), "") << "says nothing at all";
    EXPECT_EQ(answer_of_waiting("POST / HTTP/1.1\r\nHost:"), "") << "never ends its head";
    server.reset();
    options.head_wait_max = seconds(60);
    options.body_wait_max = milliseconds(1);
    start(options);
    const std::string whole = call(request(1));
    EXPECT_EQ(answer_of_waiting(whole.substr(0, whole.size() - 1)), "") << "never ends its body";
}

TEST_F(Server, RefusesWhatIsTooLarge) {
    rpc::HttpServerOptions options;
    options.body_bytes_max = 1'000;
    options.head_bytes_max = 1'000;
    start(options);
    EXPECT_TRUE(answer(call(std::string(1'000, ' '), last)).starts_with("HTTP/1.1 200"));
    EXPECT_TRUE(answer(call(std::string(1'001, ' '))).starts_with("HTTP/1.1 413"));
    EXPECT_TRUE(answer(call(std::string(1'000'000, ' '))).starts_with("HTTP/1.1 413"));
    EXPECT_TRUE(answer("POST / HTTP/1.1\r\nHost: localhost\r\nAuthorization: " +
                       rpc::basic_authorization("__cookie__:5ec7e7") +
                       "\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + std::string(1'001, ' ') +
                       "\r\n0\r\n\r\n")
                    .starts_with("HTTP/1.1 413"));
    EXPECT_TRUE(answer(get("/health", "X: " + std::string(1'000, 'x') + "\r\n"))
                    .starts_with("HTTP/1.1 431"));
    EXPECT_TRUE(answer("GET /" + std::string(2'000, 'x')).starts_with("HTTP/1.1 431"));
    EXPECT_TRUE(answer(get("/health", "Content-Length: 1\r\n") + "x").starts_with("HTTP/1.1 413"))
        << "reading needs no cookie, so it has no body";
    EXPECT_TRUE(
        answer(get("/health", "Transfer-Encoding: chunked\r\n")).starts_with("HTTP/1.1 413"));
}

TEST_F(Server, DeepJsonIsRefusedByTheDispatcher) {
    start();
    const std::string heard = answer(call(std::string(1'000'000, '['), last));
    EXPECT_TRUE(heard.starts_with("HTTP/1.1 200")) << heard.substr(0, 100);
    EXPECT_NE(heard.find("-32700"), std::string::npos);
}

TEST_F(Server, WhatIsNoHttpIsRefused) {
    start();
    for (const char* bytes :
         {"\r\n\r\n\r\n\r\nx\r\n\r\n", "hello\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
          "\x16\x03\x01\x02 \r\n\r\n", "POST / HTTP/1.1\r\nHost\r\n\r\n"})
        EXPECT_TRUE(answer(bytes).starts_with("HTTP/1.1 400")) << bytes;
}

TEST_F(Server, UnknownPathsAndMethods) {
    start();
    EXPECT_TRUE(answer(get("/x")).starts_with("HTTP/1.1 404"));
    const std::string wrong = answer(get("/"));
    EXPECT_TRUE(wrong.starts_with("HTTP/1.1 405"));
    EXPECT_NE(wrong.find("Allow: POST\r\n"), std::string::npos);
}

TEST_F(Server, TellsACallerToSendItsBody) {
    start();
    Line caller = line();
    const std::string whole = call(request(1), last + "Expect: 100-continue\r\n");
    const std::size_t body = whole.find("\r\n\r\n") + 4;
    caller.say(whole.substr(0, body));
    EXPECT_EQ(caller.hear_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    caller.say(whole.substr(body));
    EXPECT_TRUE(caller.hear_all().ends_with(result(1)));
}

TEST_F(Server, TooManyAtOnceAreTurnedAway) {
    rpc::HttpServerOptions options;
    options.connections_max = 2;
    start(options);
    std::optional<Line> first{std::in_place, loop, server->addresses().front().port};
    first->say(call(request(1)));
    (void)first->hear_until(result(1));
    Line second = line();
    second.say(call(request(2)));
    (void)second.hear_until(result(2));
    EXPECT_TRUE(line().hear_all().starts_with("HTTP/1.1 503 Service Unavailable\r\n"));
    EXPECT_EQ(server->connections(), 2U);
    first.reset();
    while (server->connections() == 2 && goes_on(loop)) continue;
    EXPECT_TRUE(answer(call(request(3), last)).ends_with(result(3)));
}

TEST_F(Server, TheAnswerToStopIsSentBeforeTheNodeStops) {
    start();
    Line caller = line();
    caller.say(call(R"({"jsonrpc":"2.0","id":1,"method":"stop"})"));
    EXPECT_FALSE(node.stopped);
    EXPECT_TRUE(caller.hear_until("\"id\":1}\n").starts_with("HTTP/1.1 200"));
    while (!node.stopped && goes_on(loop)) continue;
    EXPECT_TRUE(node.stopped);
}

TEST_F(Server, EndsItsConnectionsWhenItGoes) {
    start();
    Line caller = line();
    caller.say(call(request(1)));
    (void)caller.hear_until(result(1));
    caller.say(call(R"({"jsonrpc":"2.0","id":1,"method":"setmining","params":[9]})"));
    server.reset();
    EXPECT_EQ(caller.hear_all(), "");
    loop.run();
    EXPECT_EQ(node.mining().threads, 0U) << "no call reaches the node";
}

TEST_F(Server, ListensOnLoopbackUnlessOthersMayCall) {
    rpc::HttpServerOptions options;
    for (const Host& host : {ipv4_host(0, 0, 0, 0), ipv4_host(192, 0, 2, 1), Host{}}) {
        options.addresses = {{.host = host, .port = 0}};
        const auto refused = rpc::HttpServer::start(loop, node, {.cookie = "x"}, options);
        ASSERT_FALSE(refused);
        EXPECT_NE(refused.error().find("not loopback"), std::string::npos) << refused.error();
    }
    options.allow_remote = true;
    options.addresses = {{.host = ipv4_host(0, 0, 0, 0), .port = 0}};
    EXPECT_TRUE(rpc::HttpServer::start(loop, node, {.cookie = "x"}, options));
}

TEST_F(Server, AnAddressThatIsTakenIsNamed) {
    start();
    rpc::HttpServerOptions options;
    options.addresses = server->addresses();
    const auto refused = rpc::HttpServer::start(loop, node, {.cookie = "x"}, options);
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().starts_with("cannot listen at 127.0.0.1:")) << refused.error();
}

}  // namespace
}  // namespace bezant::test
