// SPDX-License-Identifier: Apache-2.0
#include "rpc/http_service.hpp"

#include "rpc/access.hpp"
#include "rpc/metrics.hpp"
#include "rpc/rest.hpp"

namespace bezant::rpc {

namespace {

constexpr std::string_view json_type = "application/json";

HttpResponse refusal(unsigned status, std::string_view why) {
    return {.status = status, .body = std::string{why} + "\n"};
}

HttpResponse wrong_method(std::string_view allowed) {
    HttpResponse response = refusal(405, "this path is asked otherwise");
    response.allow = allowed;
    return response;
}

bool is_for_reading(std::string_view target) {
    return target == "/metrics" || target == "/health" || target.starts_with("/rest/");
}

}  // namespace

HttpService::HttpService(net::RunningNode& node, const AccessRules& access,
                         const mining::WorkerBook* workers)
    : node_(node),
      hosts_(access.hosts),
      authorization_(basic_authorization(access.cookie)),
      workers_(workers),
      dispatcher_(node, statistics_, workers) {}

bool HttpService::is_authorized(const RequestHead& head) const {
    return head.authorization && equal_in_constant_time(*head.authorization, authorization_);
}

std::optional<HttpResponse> HttpService::refuse(const RequestHead& head) const {
    if (!head.host) return refusal(400, "a request names the host that it goes to");
    if (!is_trusted_host(*head.host, hosts_))
        return refusal(403, "this host name is not one of this node's");
    if (head.origin && !is_own_origin(*head.origin, *head.host))
        return refusal(403, "pages from elsewhere may not call this node");
    if (is_for_reading(head.target))
        return head.method == "GET" ? std::nullopt : std::optional{wrong_method("GET")};
    if (head.target != "/" && head.target != events_path)
        return refusal(404, "there is nothing at this path");
    const std::string_view method = head.target == events_path ? "GET" : "POST";
    if (head.method != method) return wrong_method(method);
    if (is_authorized(head)) return std::nullopt;
    HttpResponse response = refusal(401, "the cookie of this node is needed");
    response.asks_for_authorization = true;
    return response;
}

boost::asio::awaitable<HttpResponse> HttpService::answer(const RequestHead& head,
                                                         std::string_view body) {
    if (head.target == "/") co_return co_await answer_call(body);
    co_return read(head.target);
}

HttpResponse HttpService::read(std::string_view target) const {
    if (target == events_path) return refusal(426, "events are told to a WebSocket");
    if (target == "/health") return {.content_type = json_type, .body = "{\"status\":\"ok\"}\n"};
    if (target == "/metrics")
        return {.content_type = "text/plain; version=0.0.4; charset=utf-8",
                .body = metrics_text(node_, statistics_, workers_)};
    auto found = answer_rest(node_, target);
    if (!found) return refusal(found.error().status, found.error().message);
    return {.content_type = found->content_type, .body = std::move(found->body)};
}

boost::asio::awaitable<HttpResponse> HttpService::answer_call(std::string_view body) {
    Dispatcher::Reply reply = co_await dispatcher_.answer(body);
    HttpResponse response;
    response.afterwards = reply.afterwards;
    response.status = reply.text ? 200 : 204;
    if (reply.text) response.content_type = json_type;
    if (reply.text) response.body = *std::move(reply.text) + "\n";
    co_return response;
}

}  // namespace bezant::rpc
