// SPDX-License-Identifier: Apache-2.0
#include "rpc/http_server.hpp"

#include <algorithm>
#include <array>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <chrono>
#include <set>
#include <utility>

#include "base/check.hpp"
#include "net/listen.hpp"
#include "rpc/event_session.hpp"

namespace bezant::rpc {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Tcp = asio::ip::tcp;

namespace {

/// Room for what is read ahead of the request being answered: the head, and requests that were sent
/// without waiting. More stays in the socket until it is asked for.
constexpr std::size_t read_ahead_bytes = 65'536;

/// For how long what a caller goes on saying is read and thrown away, once it was told that the
/// connection ends: closed at once, the system would take back what it was told.
constexpr std::chrono::seconds linger_max{2};

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

std::chrono::microseconds wait_of(Duration span) {
    return std::chrono::microseconds{span.microseconds};
}

std::optional<std::string_view> field_of(const http::request_header<>& head, http::field name) {
    const auto found = head.find(name);
    if (found == head.end()) return std::nullopt;
    return found->value();
}

RequestHead head_of(const http::request_header<>& head) {
    return {.method = head.method_string(),
            .target = head.target(),
            .host = field_of(head, http::field::host),
            .origin = field_of(head, http::field::origin),
            .authorization = field_of(head, http::field::authorization)};
}

using Message = http::response<http::string_body>;

Message message_of(HttpResponse response, unsigned version, bool keep_alive) {
    Message message{static_cast<http::status>(response.status), version};
    message.set(http::field::server, "bezant");
    message.set(http::field::cache_control, "no-store");
    message.set("X-Content-Type-Options", "nosniff");
    if (response.status != 204) message.set(http::field::content_type, response.content_type);
    if (!response.allow.empty()) message.set(http::field::allow, response.allow);
    if (response.asks_for_authorization)
        message.set(http::field::www_authenticate, "Basic realm=\"bezant\"");
    message.keep_alive(keep_alive);
    message.body() = std::move(response.body);
    message.prepare_payload();
    return message;
}

/// What is said to a request that cannot be read; nothing if there is nobody to say it to.
std::optional<HttpResponse> response_to(const beast::error_code& error) {
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
        return HttpResponse{.status = 431, .body = "the head of this request is too large\n"};
    if (error == http::error::body_limit)
        return HttpResponse{.status = 413, .body = "the body of this request is too large\n"};
    const bool is_http = error.category() == make_error_code(http::error::bad_method).category();
    if (!is_http || error == http::error::end_of_stream || error == http::error::partial_message)
        return std::nullopt;
    return HttpResponse{.status = 400, .body = "this is no HTTP request\n"};
}

/// A request to make a WebSocket of the connection. (The service has looked at its head.)
bool is_for_events(const UpgradeRequest& request) {
    return request.target() == events_path && beast::websocket::is_upgrade(request);
}

/// A repeated header could be read in two ways, by us and by whoever stands before us.
bool says_twice(const http::request_header<>& head) {
    return std::ranges::any_of(
        std::array{http::field::host, http::field::origin, http::field::authorization},
        [&](http::field name) { return head.count(name) > 1; });
}

}  // namespace

/// Lives as long as the server or a connection of it.
struct HttpServer::State : std::enable_shared_from_this<State> {
    State(asio::io_context& io, net::RunningNode& served, const AccessRules& access,
          HttpServerOptions chosen)
        : loop(io),
          node(served),
          service(served, access, chosen.workers),
          options(std::move(chosen)),
          feed(std::make_shared<EventFeed>(served)) {}

    Result<void, std::string> listen(const NetworkAddress& address);
    void run();
    void stop();

    class Session;

    asio::awaitable<void> accept(Tcp::acceptor& acceptor);
    void turn_away(Tcp::socket socket);
    asio::awaitable<void> serve(Tcp::socket socket);

    asio::io_context& loop;
    net::RunningNode& node;
    HttpService service;
    HttpServerOptions options;
    std::shared_ptr<EventFeed> feed;
    std::vector<std::unique_ptr<Tcp::acceptor>> acceptors;
    std::set<beast::tcp_stream*> connections;
    bool stopped = false;
};

/// One connection: requests are answered one after the other, in the order in which they came.
class HttpServer::State::Session {
public:
    Session(State& server, Tcp::socket socket) : server_(server), stream_(std::move(socket)) {
        server_.connections.insert(&stream_);
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session() { server_.connections.erase(&stream_); }

    asio::awaitable<void> run() {
        bool goes_on = true;
        while (goes_on && !server_.stopped) goes_on = co_await answer_next();
        if (!server_.stopped && !handed_on_) co_await hang_up();
    }

private:
    using Parser = http::request_parser<http::string_body>;

    asio::awaitable<void> hang_up() {
        beast::error_code failed;
        stream_.socket().shutdown(Tcp::socket::shutdown_send, failed);
        stream_.expires_after(linger_max);
        std::array<char, 4'096> ignored{};
        while (!failed && !server_.stopped) {
            const auto [error, bytes] =
                co_await stream_.async_read_some(asio::buffer(ignored), as_result);
            failed = error;
        }
    }

    /// False if the connection is to end.
    asio::awaitable<bool> answer_next() {
        Parser parser;
        parser.header_limit(static_cast<std::uint32_t>(server_.options.head_bytes_max));
        parser.body_limit(server_.options.body_bytes_max);
        stream_.expires_after(wait_of(server_.options.head_wait_max));
        const auto [error, bytes] =
            co_await http::async_read_header(stream_, buffer_, parser, as_result);
        if (server_.stopped) co_return false;
        if (error) {
            co_await give_up(error);
            co_return false;
        }
        const unsigned version = parser.get().version();
        std::optional<HttpResponse> refused = refuse(parser);
        if (refused) {
            co_await send(*std::move(refused), version, false);
            co_return false;
        }
        const bool read = co_await read_body(parser);
        if (!read || server_.stopped) co_return false;
        if (is_for_events(parser.get())) {
            co_await hand_on(parser.release());
            co_return false;
        }
        const bool keep_alive = parser.keep_alive();
        const RequestHead head = head_of(parser.get());
        HttpResponse response = co_await server_.service.answer(head, parser.get().body());
        if (server_.stopped) co_return false;
        const bool sent = co_await send(std::move(response), version, keep_alive);
        co_return sent&& keep_alive;
    }

    std::optional<HttpResponse> refuse(const Parser& parser) const {
        const http::request_header<>& head = parser.get();
        if (says_twice(head))
            return HttpResponse{.status = 400, .body = "a header is there twice\n"};
        const bool has_body = parser.chunked() || parser.content_length().value_or(0) > 0;
        if (has_body && head.method() != http::verb::post)
            return HttpResponse{.status = 413, .body = "only a call has a body\n"};
        return server_.service.refuse(head_of(head));
    }

    /// The connection is a WebSocket from now on.
    asio::awaitable<void> hand_on(UpgradeRequest request) {
        handed_on_ = true;
        server_.connections.erase(&stream_);
        // They share the server's lifetime: this half of a connection may be the last to go.
        EventSource source{.feed = server_.feed,
                           .connections = {server_.shared_from_this(), &server_.connections},
                           .events_waiting_max = server_.options.events_waiting_max};
        co_await serve_events(std::move(stream_), std::move(request), std::move(source));
    }

    /// False if the connection is to end: the body does not come, or is too large.
    asio::awaitable<bool> read_body(Parser& parser) {
        stream_.expires_after(wait_of(server_.options.body_wait_max));
        if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
            const bool told = co_await tell_to_continue();
            if (!told) co_return false;
        }
        const auto [error, bytes] = co_await http::async_read(stream_, buffer_, parser, as_result);
        if (error) co_await give_up(error);
        co_return !error;
    }

    asio::awaitable<bool> tell_to_continue() {
        const http::response<http::empty_body> message{http::status::continue_, 11};
        const auto [error, bytes] = co_await http::async_write(stream_, message, as_result);
        co_return !error;
    }

    asio::awaitable<void> give_up(beast::error_code error) {
        std::optional<HttpResponse> response = response_to(error);
        if (response) co_await send(*std::move(response), 11, false);
    }

    /// False if it was not taken.
    asio::awaitable<bool> send(HttpResponse response, unsigned version, bool keep_alive) {
        const bool stop_node = response.afterwards.stop_node;
        const Message message = message_of(std::move(response), version, keep_alive);
        stream_.expires_after(wait_of(server_.options.answer_wait_max));
        const auto [error, bytes] = co_await http::async_write(stream_, message, as_result);
        if (stop_node && !server_.stopped) server_.node.stop();
        co_return !error;
    }

    State& server_;
    beast::tcp_stream stream_;
    bool handed_on_ = false;
    beast::flat_buffer buffer_{server_.options.head_bytes_max + read_ahead_bytes};
};

Result<void, std::string> HttpServer::State::listen(const NetworkAddress& address) {
    auto acceptor = net::listen_in_clear(loop, address, options.allow_remote);
    if (!acceptor) return unexpected{acceptor.error()};
    acceptors.push_back(*std::move(acceptor));
    return {};
}

void HttpServer::State::run() {
    for (const auto& acceptor : acceptors) {
        asio::co_spawn(
            loop,
            [self = shared_from_this(), &acceptor = *acceptor] { return self->accept(acceptor); },
            asio::detached);
    }
}

void HttpServer::State::stop() {
    stopped = true;
    feed->detach();
    service.close();
    beast::error_code ignored;
    for (const auto& acceptor : acceptors) acceptor->close(ignored);
    for (beast::tcp_stream* connection : connections) connection->close();
}

asio::awaitable<void> HttpServer::State::accept(Tcp::acceptor& acceptor) {
    while (!stopped) {
        auto [error, socket] = co_await acceptor.async_accept(as_result);
        if (stopped) co_return;
        if (error) {  // no more files may be open: those that are will be closed
            asio::steady_timer timer{loop, std::chrono::milliseconds{100}};
            co_await timer.async_wait(as_result);
            continue;
        }
        if (connections.size() >= options.connections_max) {
            turn_away(std::move(socket));
            continue;
        }
        asio::co_spawn(
            loop,
            [self = shared_from_this(), caller = std::move(socket)]() mutable {
                return self->serve(std::move(caller));
            },
            asio::detached);
    }
}

/// Says why at once, as far as the system takes it without waiting.
void HttpServer::State::turn_away(Tcp::socket socket) {
    constexpr std::string_view text =
        "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    beast::error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(text), ignored);
    socket.shutdown(Tcp::socket::shutdown_send, ignored);
}

asio::awaitable<void> HttpServer::State::serve(Tcp::socket socket) {
    beast::error_code ignored;
    socket.set_option(Tcp::no_delay(true), ignored);
    Session session{*this, std::move(socket)};
    co_await session.run();
}

Result<std::unique_ptr<HttpServer>, std::string> HttpServer::start(
    asio::io_context& loop, net::RunningNode& node, const AccessRules& access,
    const HttpServerOptions& options) {
    CHECK(!access.cookie.empty(), "a server has a cookie");
    auto state = std::make_shared<State>(loop, node, access, options);
    for (const NetworkAddress& address : options.addresses) {
        if (auto listens = state->listen(address); !listens) return unexpected{listens.error()};
    }
    state->run();
    return std::unique_ptr<HttpServer>{new HttpServer{std::move(state)}};
}

HttpServer::HttpServer(std::shared_ptr<State> state) : state_(std::move(state)) {}

HttpServer::~HttpServer() { state_->stop(); }

std::vector<NetworkAddress> HttpServer::addresses() const {
    std::vector<NetworkAddress> list = state_->options.addresses;
    for (std::size_t i = 0; i < list.size(); ++i)
        list[i].port = state_->acceptors[i]->local_endpoint().port();
    return list;
}

std::size_t HttpServer::connections() const { return state_->connections.size(); }

}  // namespace bezant::rpc
