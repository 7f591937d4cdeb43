// SPDX-License-Identifier: Apache-2.0
// Live events over a WebSocket, whose frames (RFC 6455, section 5.2) are looked at byte by byte.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>

#include "rpc/access.hpp"
#include "rpc/ledger_json.hpp"
#include "tests/unit/rpc/server_test.hpp"

namespace bezant::test {
namespace {

namespace json = boost::json;
using rpc::shown_hash;

class Events : public ServerTest {
protected:
    static std::string upgrade(const std::string& cookie = "__cookie__:5ec7e7",
                               const std::string& more = "") {
        return "GET /events HTTP/1.1\r\nHost: localhost\r\nAuthorization: " +
               rpc::basic_authorization(cookie) + "\r\n" + more +
               "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    }
    /// A listener who has been greeted.
    std::unique_ptr<Line> listener() {
        auto caller = std::make_unique<Line>(loop, server->addresses().front().port);
        caller->say(upgrade());
        const std::string heard = caller->hear_until("\r\n\r\n");
        EXPECT_TRUE(heard.starts_with("HTTP/1.1 101 Switching Protocols\r\n")) << heard;
        loop.poll();
        return caller;
    }
    /// The next event that is heard: a frame of text, which ends where its JSON does.
    static json::object event(Line& caller) {
        const std::string frame = caller.hear_until("}");
        EXPECT_EQ(frame.at(0), '\x81') << frame;
        const std::size_t length_bytes = frame.at(1) == 126 ? 3 : 1;
        return json::parse(frame.substr(1 + length_bytes)).as_object();
    }
    [[nodiscard]] std::string hash_of(BlockIndex block) {
        return shown_hash(node.archive().blocks()[block].hash);
    }
};

TEST_F(Events, TellOfBlocks) {
    start();
    const auto caller = listener();
    const BlockIndex first = node.extend();
    json::object told = event(*caller);
    EXPECT_EQ(told.at("event"), "block_connected");
    EXPECT_EQ(told.at("hash").as_string(), hash_of(first));
    EXPECT_EQ(told.at("height"), 1);
    EXPECT_EQ(told.at("time"), unix_seconds(node.now()));
    EXPECT_EQ(told.at("time_us"), node.now().microseconds);
    const BlockIndex rival = node.extend(genesis_index);
    const BlockIndex winner = node.extend(rival);
    told = event(*caller);
    EXPECT_EQ(told.at("event"), "block_left_stale");
    EXPECT_EQ(told.at("hash").as_string(), hash_of(rival));
    told = event(*caller);
    EXPECT_EQ(told.at("event"), "block_disconnected");
    EXPECT_EQ(told.at("hash").as_string(), hash_of(first));
    EXPECT_EQ(event(*caller).at("hash").as_string(), hash_of(rival));
    EXPECT_EQ(event(*caller).at("hash").as_string(), hash_of(winner));
}

TEST_F(Events, TellOfPaymentsAndDoubleSpends) {
    start();
    const auto caller = listener();
    const Transaction payment = node.payment(node.coin(0), Person{"bob"});
    const Transaction rival = node.payment(node.coin(0), node.miner);
    for (const Transaction& each : {payment, rival})
        node.handle(PaymentSubmitted{node.add_transaction(each)});
    json::object told = event(*caller);
    EXPECT_EQ(told.at("event"), "payment_accepted");
    EXPECT_EQ(told.at("txid").as_string(), shown_hash(transaction_id(payment)));
    told = event(*caller);
    EXPECT_EQ(told.at("event"), "double_spend_attempted");
    EXPECT_EQ(told.at("held").as_string(), shown_hash(transaction_id(payment)));
    EXPECT_EQ(told.at("offered").as_string(), shown_hash(transaction_id(rival)));
    EXPECT_EQ(told.at("pays_us"), false);
}

TEST_F(Events, TellEveryListenerOfNeighbours) {
    start();
    const auto first = listener();
    const auto second = listener();
    const net::PeerReport& peer = node.neighbour(5, free_port);
    for (net::NodeListener* each : node.listeners) each->peer_connected(peer);
    for (net::NodeListener* each : node.listeners) each->peer_gone(peer);
    for (Line* caller : {first.get(), second.get()}) {
        const json::object told = event(*caller);
        EXPECT_EQ(told.at("event"), "peer_connected");
        EXPECT_EQ(told.at("id"), 5);
        EXPECT_EQ(told.at("inbound"), true);
        EXPECT_EQ(event(*caller).at("event"), "peer_gone");
    }
}

TEST_F(Events, NeedTheCookieAndTheirOwnPages) {
    start();
    EXPECT_TRUE(answer(upgrade("__cookie__:wrong")).starts_with("HTTP/1.1 401"));
    EXPECT_TRUE(answer(upgrade("__cookie__:5ec7e7", "Origin: http://evil.example\r\n"))
                    .starts_with("HTTP/1.1 403"));
    EXPECT_TRUE(answer("GET /events HTTP/1.1\r\nHost: localhost\r\nAuthorization: " +
                       rpc::basic_authorization("__cookie__:5ec7e7") + "\r\n\r\n")
                    .starts_with("HTTP/1.1 426"));
    EXPECT_TRUE(
        answer("POST /events HTTP/1.1\r\nHost: localhost\r\n\r\n").starts_with("HTTP/1.1 405"));
}

TEST_F(Events, WhoReadsTooSlowlyIsLetGo) {
    rpc::HttpServerOptions options;
    options.events_waiting_max = 3;
    start(options);
    const auto slow = listener();
    for (int i = 0; i < 4; ++i) node.extend();
    const auto quick = listener();
    const std::string close_1013{"\x03\xf5"};
    const std::string heard = slow->hear_until(close_1013);
    EXPECT_TRUE(heard.ends_with(close_1013)) << heard;
    node.extend();
    EXPECT_EQ(event(*quick).at("height"), 5) << "others are told";
}

TEST_F(Events, AListenerThatGoesIsForgotten) {
    start();
    auto caller = listener();
    EXPECT_EQ(server->connections(), 1U);
    caller.reset();
    while (server->connections() != 0 && goes_on(loop)) continue;
    EXPECT_EQ(server->connections(), 0U);
    node.extend();
}

TEST_F(Events, CountAmongTheConnections) {
    rpc::HttpServerOptions options;
    options.connections_max = 1;
    start(options);
    const auto caller = listener();
    EXPECT_TRUE(line().hear_all().starts_with("HTTP/1.1 503"));
}

TEST_F(Events, EndWithTheServer) {
    start();
    const auto caller = listener();
    server.reset();
    EXPECT_TRUE(node.listeners.empty());
    node.extend();
    EXPECT_EQ(caller->hear_all(), "");
}

}  // namespace
}  // namespace bezant::test
