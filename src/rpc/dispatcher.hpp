// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "net/running_node.hpp"
#include "rpc/method.hpp"
#include "rpc/statistics.hpp"

namespace bezant::rpc {

/// Answers requests of JSON-RPC 2.0 (https://www.jsonrpc.org/specification), and of version 1 as
/// bitcoind does: text in, text out. What is no request is answered with an error, never with more
/// work than reading it takes.
class Dispatcher {
public:
    /// Statistics and workers must outlive it; the node too, or `close` be called before it goes.
    Dispatcher(net::RunningNode& node, Statistics& statistics,
               const mining::WorkerBook* workers = nullptr)
        : node_(node), statistics_(statistics), workers_(workers), mining_(node), watch_(node) {}

    struct Reply {
        std::optional<std::string> text;  ///< JSON; nothing if there were notifications only
        Afterwards afterwards;
    };

    /// Done at once, unless a method takes its time. The request must stay there until then, and
    /// so must this.
    [[nodiscard]] boost::asio::awaitable<Reply> answer(std::string_view request);

    /// Methods that take their time come to their end, and the node is touched no more.
    void close() { watch_.close(); }

private:
    template <class Value = void>
    using Task = boost::asio::awaitable<Value>;

    [[nodiscard]] Task<> answer_batch(const json::array& batch, Reply& reply);
    [[nodiscard]] Task<std::optional<std::string>> answer_one(const json::value& request,
                                                              Afterwards& afterwards);
    [[nodiscard]] Task<Answer> call(const json::object& request, Afterwards& afterwards);
    [[nodiscard]] Task<Answer> run(const Method& method, const json::value& given,
                                   Afterwards& afterwards);

    net::RunningNode& node_;
    Statistics& statistics_;
    const mining::WorkerBook* workers_;
    MiningDesk mining_;
    TipWatch watch_;
};

}  // namespace bezant::rpc
