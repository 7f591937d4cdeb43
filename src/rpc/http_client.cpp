// SPDX-License-Identifier: Apache-2.0
#include "rpc/http_client.hpp"

#include <fmt/format.h>

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <optional>
#include <utility>

#include "rpc/access.hpp"

namespace bezant::rpc {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Tcp = asio::ip::tcp;

/// An answer may be a whole block with all that is said of it.
constexpr std::uint64_t answer_bytes_max = std::uint64_t{1} << 30U;

}  // namespace

std::string place_of(const CallTarget& target) {
    return fmt::format("{}:{}", target.host, target.port);
}

struct HttpClient::State {
    State(CallTarget called, Duration wait)
        : target(std::move(called)),
          wait_max(wait.microseconds),
          authorization(basic_authorization(target.cookie)) {}

    /// Begins an operation, and runs the loop until it has ended.
    template <class Begin>
    beast::error_code carry_out(Begin begin) {
        std::optional<beast::error_code> outcome;
        stream.expires_after(wait_max);
        begin([&](const beast::error_code& error, auto&&...) { outcome = error; });
        loop.restart();
        while (!outcome) loop.run_one();
        return *outcome;
    }

    asio::io_context loop;
    beast::tcp_stream stream{loop};
    beast::flat_buffer buffer;
    CallTarget target;
    std::chrono::microseconds wait_max;
    std::string authorization;
};

Result<HttpClient, std::string> HttpClient::connect(const CallTarget& target, Duration wait_max) {
    auto state = std::make_unique<State>(target, wait_max);
    beast::error_code error;
    Tcp::resolver resolver{state->loop};
    const auto found = resolver.resolve(target.host, std::to_string(target.port), error);
    if (!error) {
        error = state->carry_out(
            [&](auto done) { state->stream.async_connect(found, std::move(done)); });
    }
    if (error) {
        return unexpected{
            fmt::format("cannot reach a node at {}: {}", place_of(target), error.message())};
    }
    state->stream.socket().set_option(Tcp::no_delay(true), error);
    return HttpClient{std::move(state)};
}

Result<CallReply, std::string> HttpClient::post(std::string_view body) {
    http::request<http::string_body> request{http::verb::post, "/", 11};
    request.set(http::field::host, place_of(state_->target));
    request.set(http::field::authorization, state_->authorization);
    request.set(http::field::content_type, "application/json");
    request.body() = body;
    request.prepare_payload();
    http::response_parser<http::string_body> parser;
    parser.body_limit(answer_bytes_max);
    beast::error_code error = state_->carry_out(
        [&](auto done) { http::async_write(state_->stream, request, std::move(done)); });
    if (!error) {
        error = state_->carry_out([&](auto done) {
            http::async_read(state_->stream, state_->buffer, parser, std::move(done));
        });
    }
    if (error) {
        return unexpected{fmt::format("the node at {} does not answer: {}",
                                      place_of(state_->target), error.message())};
    }
    return CallReply{.status = parser.get().result_int(), .body = std::move(parser.get().body())};
}

HttpClient::HttpClient(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() = default;

}  // namespace bezant::rpc
