// SPDX-License-Identifier: Apache-2.0
#include "rpc/event_client.hpp"

#include <fmt/format.h>

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <utility>

#include "rpc/access.hpp"

namespace bezant::rpc {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using Tcp = asio::ip::tcp;

/// An event names a block or two.
constexpr std::size_t event_bytes_max = 65'536;

}  // namespace

struct EventClient::State : std::enable_shared_from_this<EventClient::State> {
    State(const asio::any_io_executor& executor, CallTarget called, Hooks told)
        : stream(executor), target(std::move(called)), hooks(std::move(told)) {}

    [[nodiscard]] Result<void, std::string> open();
    void read();
    void take(const beast::error_code& error);

    websocket::stream<Tcp::socket> stream;
    CallTarget target;
    Hooks hooks;
    beast::flat_buffer buffer;
    bool is_over = false;
};

Result<void, std::string> EventClient::State::open() {
    beast::error_code error;
    Tcp::resolver resolver{stream.get_executor()};
    const auto found = resolver.resolve(target.host, std::to_string(target.port), error);
    if (!error) asio::connect(stream.next_layer(), found, error);
    stream.read_message_max(event_bytes_max);
    stream.set_option(websocket::stream_base::decorator([this](websocket::request_type& request) {
        request.set(http::field::authorization, basic_authorization(target.cookie));
    }));
    if (!error) stream.handshake(place_of(target), "/events", error);
    if (!error) return {};
    return unexpected{
        fmt::format("the node at {} tells no events: {}", place_of(target), error.message())};
}

void EventClient::State::read() {
    stream.async_read(buffer,
                      [self = shared_from_this()](const beast::error_code& error, std::size_t) {
                          if (!self->is_over) self->take(error);
                      });
}

void EventClient::State::take(const beast::error_code& error) {
    if (error) {
        is_over = true;
        return hooks.ended(fmt::format("the node at {} tells nothing any more: {}",
                                       place_of(target), error.message()));
    }
    const auto bytes = buffer.cdata();
    const std::string event{static_cast<const char*>(bytes.data()), bytes.size()};
    buffer.consume(buffer.size());
    read();
    hooks.told(event);
}

Result<std::unique_ptr<EventClient>, std::string> EventClient::connect(
    const asio::any_io_executor& executor, const CallTarget& target, Hooks hooks) {
    auto state = std::make_shared<State>(executor, target, std::move(hooks));
    if (auto opened = state->open(); !opened) return unexpected{opened.error()};
    state->read();
    return std::unique_ptr<EventClient>{new EventClient{std::move(state)}};
}

EventClient::EventClient(std::shared_ptr<State> state) : state_(std::move(state)) {}

EventClient::~EventClient() {
    state_->is_over = true;
    beast::error_code ignored;
    state_->stream.next_layer().close(ignored);
}

}  // namespace bezant::rpc
