// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/running_node.hpp"
#include "rpc/dispatcher.hpp"
#include "rpc/statistics.hpp"

namespace bezant::rpc {

/// What comes before a request's body, as far as it matters here. Views are good for one call.
struct RequestHead {
    std::string_view method;  ///< "GET", "POST", …
    std::string_view target;  ///< "/rest/chaininfo.json"
    std::optional<std::string_view> host{};
    std::optional<std::string_view> origin{};
    std::optional<std::string_view> authorization{};
};

struct HttpResponse {
    unsigned status = 200;
    std::string_view content_type = "text/plain; charset=utf-8";
    std::string body{};
    std::string_view allow{};  ///< methods, where another one was used
    bool asks_for_authorization = false;
    Afterwards afterwards{};
};

/// Where a WebSocket is told of events.
inline constexpr std::string_view events_path = "/events";

/// Who may call.
struct AccessRules {
    std::string cookie;                ///< user and password, as the cookie file says
    std::vector<std::string> hosts{};  ///< names by which this machine may be called
};

/// What the server says to whom, without sockets.
class HttpService {
public:
    /// The workers must outlive it; the node too, or `close` be called before it goes.
    HttpService(net::RunningNode& node, const AccessRules& access,
                const mining::WorkerBook* workers = nullptr);

    /// What a request is answered with whose head is enough to refuse it; nothing if its body is to
    /// be read.
    [[nodiscard]] std::optional<HttpResponse> refuse(const RequestHead& head) const;

    /// The answer to a request that was not refused. What it was given must stay there until then,
    /// and so must this.
    [[nodiscard]] boost::asio::awaitable<HttpResponse> answer(const RequestHead& head,
                                                              std::string_view body);

    /// Calls that take their time come to their end, and the node is touched no more.
    void close() { dispatcher_.close(); }

private:
    [[nodiscard]] bool is_authorized(const RequestHead& head) const;
    [[nodiscard]] boost::asio::awaitable<HttpResponse> answer_call(std::string_view body);
    [[nodiscard]] HttpResponse read(std::string_view target) const;

    net::RunningNode& node_;
    std::vector<std::string> hosts_;
    std::string authorization_;
    const mining::WorkerBook* workers_;
    Statistics statistics_;
    Dispatcher dispatcher_;
};

}  // namespace bezant::rpc
