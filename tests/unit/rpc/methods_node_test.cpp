// SPDX-License-Identifier: Apache-2.0
// The methods of src/rpc/methods about the node itself: neighbours, mining, control.
#include <gtest/gtest.h>

#include "rpc/method_text.hpp"
#include "tests/unit/rpc/caller.hpp"

namespace bezant::test {
namespace {

class NodeMethods : public testing::Test {
protected:
    FakeNode node;
    Caller caller{node};
    const NetworkAddress carol{.host = ipv4_host(192, 0, 2, 7), .port = 7'333};
    const std::string carols = "192.0.2.7:7333";
};

TEST_F(NodeMethods, PeerInfo) {
    net::PeerReport& peer = node.neighbour(3, carol);
    peer.outbound = true;
    peer.bytes_sent = 12;
    peer.last_received_at = from_unix_seconds(99);
    const json::object shown = caller.result("getpeerinfo").as_array().at(0).as_object();
    EXPECT_EQ(shown.at("id"), 3);
    EXPECT_EQ(shown.at("addr").as_string(), carols);
    EXPECT_EQ(shown.at("inbound"), false);
    EXPECT_EQ(shown.at("bytessent"), 12);
    EXPECT_EQ(shown.at("lastsend"), 0);
    EXPECT_EQ(shown.at("lastrecv"), 99);
    EXPECT_EQ(shown.at("conntime"), unix_seconds(node.now()));
    EXPECT_EQ(caller.result("getconnectioncount"), 1);
}

TEST_F(NodeMethods, NetworkInfo) {
    node.neighbour(1, carol);
    node.neighbour(2, carol).outbound = true;
    node.neighbour(3, carol);
    const json::object info = caller.object("getnetworkinfo");
    EXPECT_EQ(info.at("version"), "1.2.3");
    EXPECT_EQ(info.at("protocolversion"), protocol_version);
    EXPECT_EQ(info.at("connections"), 3);
    EXPECT_EQ(info.at("connections_in"), 2);
    EXPECT_EQ(info.at("connections_out"), 1);
    EXPECT_EQ(info.at("localaddresses"),
              (json::array{json::object{{"address", "127.0.0.1"}, {"port", 27'333}}}));
}

TEST_F(NodeMethods, AddNode) {
    EXPECT_TRUE(caller.result("addnode", arguments(carols, "\"add\"")).is_null());
    EXPECT_EQ(caller.error("addnode", arguments(carols, "\"add\"")), -23);
    EXPECT_EQ(caller.result("getaddednodeinfo"),
              (json::array{json::object{{"addednode", carols}, {"connected", false}}}));
    node.neighbour(1, carol);
    EXPECT_EQ(caller.result("getaddednodeinfo", arguments(carols)),
              (json::array{json::object{{"addednode", carols}, {"connected", true}}}));
    EXPECT_TRUE(caller.result("addnode", arguments(carols, "\"remove\"")).is_null());
    EXPECT_EQ(caller.error("addnode", arguments(carols, "\"remove\"")), -24);
    EXPECT_EQ(caller.error("getaddednodeinfo", arguments(carols)), -24);
    EXPECT_EQ(caller.error("getaddednodeinfo", "[\"x\"]"), -30);
    EXPECT_EQ(caller.error("addnode", arguments(carols, "\"call\"")), -8);
    for (const char* text : {"", "192.0.2.7", "localhost:1", "192.0.2.7:0"})
        EXPECT_EQ(caller.error("addnode", arguments(text, "\"add\"")), -30);
}

TEST_F(NodeMethods, AddNodeOnce) {
    EXPECT_TRUE(caller.result("addnode", arguments(carols, "\"onetry\"")).is_null());
    EXPECT_EQ(node.calls, std::vector{carol});
    EXPECT_TRUE(node.called().empty());
    (void)caller.result("addnode", arguments(carols, "\"add\""));
    (void)caller.result("addnode", arguments(carols, "\"onetry\""));
    EXPECT_EQ(node.called(), std::vector{carol}) << "whoever was added stays added";
}

TEST_F(NodeMethods, DisconnectNode) {
    node.neighbour(1, carol);
    node.neighbour(2, {.host = carol.host, .port = 1});
    EXPECT_EQ(caller.error("disconnectnode"), -32602);
    EXPECT_EQ(caller.error("disconnectnode", arguments(carols, "1")), -32602);
    EXPECT_TRUE(caller.result("disconnectnode", arguments(carols)).is_null());
    EXPECT_EQ(caller.error("disconnectnode", arguments(carols)), -29);
    EXPECT_TRUE(caller.result("disconnectnode", R"({"nodeid":2})").is_null());
    EXPECT_EQ(caller.error("disconnectnode", R"({"nodeid":2})"), -29);
    EXPECT_EQ(caller.error("disconnectnode", R"({"address":"x"})"), -30);
    EXPECT_TRUE(node.peers().empty());
}

TEST_F(NodeMethods, Bans) {
    EXPECT_TRUE(caller.result("setban", arguments("192.0.2.7", "\"add\",60")).is_null());
    EXPECT_EQ(caller.error("setban", arguments("192.0.2.7/32", "\"add\"")), -23);
    (void)caller.result("setban", arguments("2001:db8::1", "\"add\""));
    node.wait(seconds(20));
    const json::array bans = caller.result("listbanned").as_array();
    ASSERT_EQ(bans.size(), 2U);
    EXPECT_EQ(bans.at(0).at("address"), "192.0.2.7/32");
    EXPECT_EQ(bans.at(0).at("ban_duration"), 60);
    EXPECT_EQ(bans.at(0).at("time_remaining"), 40);
    EXPECT_EQ(bans.at(1).at("address"), "2001:db8::1/128");
    EXPECT_EQ(bans.at(1).at("ban_duration"), 86'400);
    EXPECT_TRUE(caller.result("setban", arguments("192.0.2.7", "\"remove\"")).is_null());
    EXPECT_EQ(caller.error("setban", arguments("192.0.2.7", "\"remove\"")), -30);
    EXPECT_EQ(caller.error("setban", arguments("192.0.2.7", "\"lift\"")), -8);
    for (const char* text : {"", "192.0.2.0/24", "x", "192.0.2.7:1", "::/0", "[::1]"})
        EXPECT_EQ(caller.error("setban", arguments(text, "\"add\"")), -30) << text;
}

TEST_F(NodeMethods, ABanMayEndAtAMoment) {
    const auto until = [&](std::int64_t moment) {
        return arguments("192.0.2.7", "\"add\"," + std::to_string(moment) + ",true");
    };
    EXPECT_EQ(caller.error("setban", until(unix_seconds(node.now()))), -8);
    (void)caller.result("setban", until(unix_seconds(node.now()) + 5));
    EXPECT_EQ(node.bans().at(0).until, node.now() + seconds(5));
}

TEST_F(NodeMethods, Mining) {
    node.extend();
    node.extend();
    EXPECT_TRUE(caller.result("setmining", "[4]").is_null());
    const json::object info = caller.object("getmininginfo");
    EXPECT_EQ(info.at("blocks"), 2);
    EXPECT_EQ(info.at("threads"), 4);
    EXPECT_EQ(info.at("hashps"), 4'000);
    EXPECT_EQ(info.at("chain"), "local");
    EXPECT_EQ(info.at("pooledtx"), 0);
    // The two blocks are one and three seconds after genesis, and took two hashes each.
    EXPECT_NEAR(info.at("networkhashps").to_number<double>(), 4.0 / 3, 1e-9);
    EXPECT_EQ(caller.error("setmining", "[1025]"), -8);
    EXPECT_EQ(node.mining().threads, 4U);
}

TEST_F(NodeMethods, Control) {
    node.wait(seconds(77));
    EXPECT_EQ(caller.result("uptime"), 77);
    EXPECT_EQ(caller.result("stop"), "Bezant is stopping");
    EXPECT_EQ(caller.object("getrpcinfo").at("calls").at("uptime").at("good"), 1);
}

TEST_F(NodeMethods, Help) {
    const std::string list{caller.result("help").as_string()};
    for (const rpc::Method& method : rpc::methods())
        EXPECT_NE(list.find("\n" + rpc::usage_of(method)), std::string::npos) << method.name;
    EXPECT_EQ(caller.result("help", "[\"getblockhash\"]"),
              "getblockhash height\n\nThe hash of a block of the best chain.\n\nParameters:\n"
              "  height (an integer from 0 to 4294967295): the height of the block\n\n"
              "Result:\n  The hash.\n\nErrors:\n  -8: the best chain is not as high\n\n"
              "Example:\n  bezant rpc getblockhash 0");
    EXPECT_EQ(caller.error("help", "[\"getblok\"]"), -32601);
}

TEST_F(NodeMethods, DiscoverDescribesEveryMethod) {
    const json::object document = caller.object("rpc.discover");
    EXPECT_EQ(document.at("openrpc"), "1.3.2");
    EXPECT_EQ(document.at("info").at("version"), "1.2.3");
    const json::array& list = document.at("methods").as_array();
    ASSERT_EQ(list.size(), rpc::methods().size());
    for (std::size_t i = 0; i < list.size(); ++i)
        EXPECT_EQ(list.at(i).at("name").as_string(), rpc::methods()[i].name);
    EXPECT_EQ(rpc::find_method("getblockhash")->parameters.size(), 1U);
}

/// Every method's own refusal of arguments comes from the table.
TEST_F(NodeMethods, EveryMethodRefusesArgumentsThatItDoesNotHave) {
    for (const rpc::Method& method : rpc::methods()) {
        EXPECT_EQ(caller.error(method.name, R"({"no such parameter":1})"), -32602) << method.name;
        EXPECT_EQ(caller.error(method.name, "[1,2,3,4,5,6,7]"), -32602) << method.name;
        for (std::size_t i = 0; i < method.parameters.size(); ++i) {
            const std::string name{method.parameters[i].name};
            std::string others;
            for (const rpc::Parameter& other : method.parameters) {
                if (&other == &method.parameters[i] || other.otherwise) continue;
                std::string value = "\"" + std::string(64, '0') + "\"";
                if (other.type == rpc::ParameterType::number) value = "0";
                others += ",\"" + std::string{other.name} + "\":" + value;
            }
            EXPECT_EQ(caller.error(method.name, "{\"" + name + "\":[{}]" + others + "}"), -3)
                << method.name << " " << name;
            if (!method.parameters[i].otherwise) {
                EXPECT_EQ(caller.error(method.name), -32602) << method.name;
            }
        }
    }
}

TEST_F(NodeMethods, TheTableIsInOrderAndWhole) {
    EXPECT_TRUE(std::ranges::is_sorted(rpc::methods(), {}, &rpc::Method::name));
    for (const rpc::Method& method : rpc::methods()) {
        EXPECT_EQ(rpc::find_method(method.name), &method);
        EXPECT_FALSE(method.summary.empty() || method.summary.ends_with('.')) << method.name;
        EXPECT_TRUE(method.result.ends_with('.')) << method.name;
        // What may be left out comes last: by position nothing can be skipped otherwise.
        EXPECT_TRUE(std::ranges::is_sorted(method.parameters, {}, [](const rpc::Parameter& each) {
            return each.otherwise.has_value();
        })) << method.name;
    }
    EXPECT_EQ(rpc::find_method("nosuch"), nullptr);
}

}  // namespace
}  // namespace bezant::test
