// SPDX-License-Identifier: Apache-2.0
// Small calls one after the other over one connection on loopback, the node on a thread of its own.
// Bitcoin Core 28.1 answered 7,500 of its getblockcount a second, asked in the same way.
#include <benchmark/benchmark.h>

#include <boost/asio/io_context.hpp>
#include <string>
#include <thread>

#include "base/check.hpp"
#include "rpc/dispatcher.hpp"
#include "rpc/http_client.hpp"
#include "rpc/http_server.hpp"
#include "tests/support/awaited.hpp"
#include "tests/support/fake_node.hpp"

namespace bezant::rpc {
namespace {

constexpr std::string_view request = R"({"jsonrpc":"2.0","id":1,"method":"getblockcount"})";

void call_over_loopback(benchmark::State& state) {
    boost::asio::io_context loop;
    test::FakeNode node;
    HttpServerOptions options;
    options.addresses = {{.host = ipv4_host(127, 0, 0, 1), .port = 0}};
    auto server = HttpServer::start(loop, node, {.cookie = "__cookie__:bench"}, options).value();
    const std::uint16_t port = server->addresses().front().port;
    std::thread thread{[&] { loop.run(); }};
    {
        auto client = HttpClient::connect({"127.0.0.1", port, "__cookie__:bench"}, seconds(60));
        CHECK(client, "the server answers");
        for (auto _ : state) {
            const auto reply = client->post(request);
            CHECK(reply && reply->status == 200, "a call is answered");
        }
    }
    loop.stop();
    thread.join();
    state.SetItemsProcessed(state.iterations());
    state.SetLabel("Bitcoin Core 28.1: 7.5k/s");
}
BENCHMARK(call_over_loopback)->UseRealTime();

/// The same without HTTP and sockets: what the dispatcher itself costs.
void call_of_dispatcher(benchmark::State& state) {
    test::FakeNode node;
    Statistics statistics;
    Dispatcher dispatcher{node, statistics};
    for (auto _ : state) benchmark::DoNotOptimize(test::awaited(dispatcher.answer(request)));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(call_of_dispatcher);

}  // namespace
}  // namespace bezant::rpc
