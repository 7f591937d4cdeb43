// SPDX-License-Identifier: Apache-2.0
#pragma once

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
    /// Both must outlive it.
    Dispatcher(net::RunningNode& node, Statistics& statistics)
        : node_(node), statistics_(statistics) {}

    struct Reply {
        std::optional<std::string> text;  ///< JSON; nothing if there were notifications only
        Afterwards afterwards;
    };

    [[nodiscard]] Reply answer(std::string_view request);

private:
    void answer_batch(const json::array& batch, Reply& reply);
    [[nodiscard]] std::optional<std::string> answer_one(const json::value& request,
                                                        Afterwards& afterwards);
    [[nodiscard]] Answer call(const json::object& request, Afterwards& afterwards);

    net::RunningNode& node_;
    Statistics& statistics_;
};

}  // namespace bezant::rpc
