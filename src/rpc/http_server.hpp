// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "net/running_node.hpp"
#include "rpc/http_service.hpp"
#include "rpc/limits.hpp"

namespace bezant::rpc {

struct HttpServerOptions {
    /// Where to answer; port 0 takes a free one.
    std::vector<NetworkAddress> addresses;
    /// Whether others than this machine may call: without it only loopback is taken. Nothing is
    /// encrypted.
    bool allow_remote = false;

    /// Of the Stratum server, if there is one; must outlive this server.
    const mining::WorkerBook* workers = nullptr;

    std::size_t connections_max = rpc::connections_max;
    std::size_t head_bytes_max = rpc::head_bytes_max;
    std::size_t body_bytes_max = rpc::body_bytes_max;
    std::size_t events_waiting_max = rpc::events_waiting_max;
    Duration head_wait_max = rpc::head_wait_max;
    Duration body_wait_max = rpc::body_wait_max;
    Duration answer_wait_max = rpc::answer_wait_max;
};

/// Answers HTTP requests about a node on the event loop of its one thread.
class HttpServer {
public:
    /// Begins to listen; calls are answered when the loop runs. The node must outlive the server,
    /// and the loop must outlive both. An error is a sentence that names the address.
    [[nodiscard]] static Result<std::unique_ptr<HttpServer>, std::string> start(
        boost::asio::io_context& loop, net::RunningNode& node, const AccessRules& access,
        const HttpServerOptions& options);
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    /// Stops: no call reaches the node from now on. What waits on the loop ends when the loop runs,
    /// or with it.
    ~HttpServer();

    /// Where it listens, with the ports that were taken.
    [[nodiscard]] std::vector<NetworkAddress> addresses() const;
    [[nodiscard]] std::size_t connections() const;

private:
    struct State;
    explicit HttpServer(std::shared_ptr<State> state);

    std::shared_ptr<State> state_;
};

}  // namespace bezant::rpc
