// SPDX-License-Identifier: Apache-2.0
// Who is answered, and what is to be read without the cookie.
#include "rpc/http_service.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "ledger/codec.hpp"
#include "rpc/access.hpp"
#include "rpc/ledger_json.hpp"
#include "tests/support/awaited.hpp"
#include "tests/support/fake_node.hpp"

namespace bezant::test {
namespace {

namespace json = boost::json;
using rpc::RequestHead;
using rpc::shown_hash;

class Service : public testing::Test {
protected:
    [[nodiscard]] RequestHead call() const {
        return {.method = "POST",
                .target = "/",
                .host = "127.0.0.1:27332",
                .authorization = authorization};
    }
    /// The status by which the head is refused, or 0.
    unsigned refused(const RequestHead& head) {
        const auto response = service.refuse(head);
        return response ? response->status : 0;
    }
    rpc::HttpResponse get(std::string_view target) {
        const RequestHead head{.method = "GET", .target = target, .host = "localhost"};
        return service.refuse(head).value_or(answer(head, ""));
    }
    rpc::HttpResponse answer(const RequestHead& head, std::string_view body) {
        return awaited(service.answer(head, body));
    }
    json::value read(std::string_view target) { return json::parse(get(target).body); }
    [[nodiscard]] std::string hash_of(BlockIndex block) {
        return shown_hash(node.archive().blocks()[block].hash);
    }

    const std::string authorization = rpc::basic_authorization("__cookie__:5ec7e7");
    FakeNode node;
    rpc::HttpService service{node, {.cookie = "__cookie__:5ec7e7", .hosts = {"node.example"}}};
};

TEST_F(Service, ACallNeedsTheCookie) {
    RequestHead head = call();
    EXPECT_EQ(refused(head), 0U);
    for (const std::string& wrong :
         {std::string{}, std::string{"Basic"}, authorization + "A", authorization.substr(1),
          rpc::basic_authorization("__cookie__:5ec7e8"), rpc::basic_authorization("__cookie__:"),
          rpc::basic_authorization("other:5ec7e7"), std::string{"Bearer 5ec7e7"}}) {
        head.authorization = wrong;
        EXPECT_EQ(refused(head), 401U) << wrong;
    }
    head.authorization.reset();
    EXPECT_EQ(refused(head), 401U);
    EXPECT_TRUE(service.refuse(head)->asks_for_authorization);
    EXPECT_EQ(service.refuse(head)->body.find("5ec7e7"), std::string::npos);
}

TEST_F(Service, AForeignHostIsRefusedWithOrWithoutTheCookie) {
    for (const char* target : {"/", "/rest/chaininfo.json", "/metrics", "/health"}) {
        RequestHead head = call();
        head.target = target;
        if (head.target != "/") head.method = "GET";
        EXPECT_EQ(refused(head), 0U) << target;
        head.host = "evil.example:27332";
        EXPECT_EQ(refused(head), 403U) << target;
        head.host = "node.example";
        EXPECT_EQ(refused(head), 0U) << target;
        head.host.reset();
        EXPECT_EQ(refused(head), 400U) << target;
    }
}

TEST_F(Service, AForeignPageIsRefusedWithOrWithoutTheCookie) {
    for (const char* target : {"/", "/rest/chaininfo.json", "/metrics", "/health"}) {
        RequestHead head = call();
        head.target = target;
        if (head.target != "/") head.method = "GET";
        for (const char* origin : {"http://evil.example", "null", "http://127.0.0.1:1"}) {
            head.origin = origin;
            EXPECT_EQ(refused(head), 403U) << target << " " << origin;
        }
        head.origin = "http://127.0.0.1:27332";
        EXPECT_EQ(refused(head), 0U) << target;
    }
}

TEST_F(Service, OtherPathsAndMethodsAreNotThere) {
    RequestHead head = call();
    for (const char* target : {"", "/x", "//", "/?", "/rest", "http://127.0.0.1/"}) {
        head.target = target;
        EXPECT_EQ(refused(head), 404U) << target;
    }
    head = call();
    for (const char* method : {"GET", "PUT", "OPTIONS", "post", "DELETE", ""}) {
        head.method = method;
        EXPECT_EQ(refused(head), 405U) << method;
        EXPECT_EQ(service.refuse(head)->allow, "POST");
    }
    for (const char* target : {"/rest/chaininfo.json", "/metrics", "/health"}) {
        head = call();
        head.target = target;
        EXPECT_EQ(refused(head), 405U);
        EXPECT_EQ(service.refuse(head)->allow, "GET");
    }
}

TEST_F(Service, ACallIsAnswered) {
    const auto response = answer(call(), R"({"jsonrpc":"2.0","id":1,"method":"getblockcount"})");
    EXPECT_EQ(response.status, 200U);
    EXPECT_EQ(response.content_type, "application/json");
    EXPECT_EQ(response.body, "{\"jsonrpc\":\"2.0\",\"result\":0,\"id\":1}\n");
    EXPECT_EQ(answer(call(), R"({"jsonrpc":"2.0","method":"getblockcount"})").status, 204U);
    EXPECT_TRUE(answer(call(), R"({"jsonrpc":"2.0","method":"stop"})").afterwards.stop_node);
    EXPECT_EQ(answer(call(), "no JSON").status, 200U);
}

TEST_F(Service, Health) { EXPECT_EQ(get("/health").body, "{\"status\":\"ok\"}\n"); }

TEST_F(Service, RestGivesBlocks) {
    const BlockIndex block = node.extend();
    const std::string path = "/rest/block/" + hash_of(block);
    const Bytes bytes = encoded(node.archive().assemble(block));
    EXPECT_EQ(read(path + ".json").at("height"), json::value(1));
    EXPECT_EQ(get(path + ".hex").body, to_hex(bytes) + "\n");
    EXPECT_EQ(get(path + ".bin").body, std::string(bytes.begin(), bytes.end()));
    EXPECT_EQ(get(path + ".bin").content_type, "application/octet-stream");
    EXPECT_EQ(get("/rest/block/" + std::string(64, '0') + ".json").status, 404U);
    EXPECT_EQ(get("/rest/block/12.json").status, 400U);
    EXPECT_EQ(get("/rest/block/" + hash_of(node.announce(block)) + ".json").status, 404U);
}

TEST_F(Service, RestGivesHeaders) {
    const BlockIndex first = node.extend();
    const BlockIndex second = node.extend();
    const BlockIndex stale = node.extend(first);
    const json::array list = read("/rest/headers/5/" + hash_of(first) + ".json").as_array();
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list.at(1).at("hash").as_string(), hash_of(second));
    EXPECT_EQ(read("/rest/headers/1/" + hash_of(first) + ".json").as_array().size(), 1U);
    EXPECT_TRUE(read("/rest/headers/5/" + hash_of(stale) + ".json").as_array().empty());
    for (const char* count : {"0", "2001", "-1", "", "x", "4294967296"})
        EXPECT_EQ(
            get("/rest/headers/" + std::string{count} + "/" + hash_of(first) + ".json").status,
            400U);
    EXPECT_EQ(get("/rest/headers/1/x.json").status, 400U);
    EXPECT_EQ(get("/rest/headers/1/" + std::string(64, '0') + ".json").status, 404U);
}

TEST_F(Service, RestGivesChainAndPool) {
    const Transaction payment = node.payment(node.coin(0), node.miner);
    node.handle(PaymentSubmitted{node.add_transaction(payment)});
    const std::string id = shown_hash(transaction_id(payment));
    EXPECT_EQ(read("/rest/chaininfo.json").at("chain"), json::value("local"));
    EXPECT_EQ(read("/rest/blockhashbyheight/0.json").at("blockhash").as_string(),
              hash_of(genesis_index));
    EXPECT_EQ(get("/rest/blockhashbyheight/1.json").status, 404U);
    EXPECT_EQ(get("/rest/blockhashbyheight/x.json").status, 400U);
    EXPECT_EQ(read("/rest/tx/" + id + ".json").at("txid").as_string(), id);
    EXPECT_EQ(get("/rest/tx/" + std::string(64, '0') + ".json").status, 404U);
    EXPECT_EQ(get("/rest/tx/0.json").status, 400U);
    EXPECT_EQ(read("/rest/mempool/info.json").at("size"), json::value(1));
    EXPECT_TRUE(read("/rest/mempool/contents.json").as_object().contains(id));
}

TEST_F(Service, RestHasNothingElse) {
    for (const char* path :
         {"/rest/", "/rest/chaininfo", "/rest/chaininfo.hex", "/rest/chaininfo.json/",
          "/rest/x.json", "/rest/block.json", "/rest/block/a/b.json", "/rest/mempool/x.json",
          "/rest//.json", "/rest/../rest/chaininfo.json", "/rest/chaininfo.json?x=1",
          "/rest/.json"})
        EXPECT_EQ(get(path).status, 404U) << path;
}

TEST_F(Service, MetricsAreWhatPrometheusReads) {
    net::PeerReport& peer = node.neighbour(1, {.host = ipv4_host(192, 0, 2, 1), .port = 1});
    peer.outbound = true;
    peer.bytes_sent = 5;
    node.extend();
    (void)answer(call(), R"({"jsonrpc":"2.0","id":1,"method":"getblockhash"})");
    const std::string text = get("/metrics").body;
    for (const char* line :
         {"# TYPE bezant_height gauge\nbezant_height 1\n", "bezant_headers 1\n",
          "bezant_peers{direction=\"in\"} 0\n", "bezant_peers{direction=\"out\"} 1\n",
          "bezant_peers_sent_bytes 5\n", "bezant_mempool_payments 0\n", "bezant_uptime_seconds 0\n",
          "# TYPE bezant_rpc_requests_total counter\n"
          "bezant_rpc_requests_total{method=\"getblockhash\",outcome=\"good\"} 0\n"
          "bezant_rpc_requests_total{method=\"getblockhash\",outcome=\"refused\"} 1\n"}) {
        EXPECT_NE(text.find(line), std::string::npos) << line << text;
    }
    EXPECT_EQ(get("/metrics").content_type, "text/plain; version=0.0.4; charset=utf-8");
}

}  // namespace
}  // namespace bezant::test
