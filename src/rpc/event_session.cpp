// SPDX-License-Identifier: Apache-2.0
#include "rpc/event_session.hpp"

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>
#include <utility>

#include "rpc/limits.hpp"

namespace bezant::rpc {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

/// Lives as long as one of its two halves does: one listens whether the other end is still there,
/// one tells.
class EventSession final : public EventFeed::Reader,
                           public std::enable_shared_from_this<EventSession> {
public:
    EventSession(beast::tcp_stream stream, EventSource source)
        : stream_(std::move(stream)),
          signal_(stream_.get_executor(), asio::steady_timer::time_point::max()),
          source_(std::move(source)) {
        source_.connections->insert(&lowest());
        lowest().expires_never();
        stream_.read_message_max(event_message_bytes_max);
        stream_.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
    }
    EventSession(const EventSession&) = delete;
    EventSession& operator=(const EventSession&) = delete;
    ~EventSession() override {
        source_.feed->remove(*this);
        source_.connections->erase(&lowest());
    }

    bool take(const EventFeed::Text& event) override {
        too_slow_ = waiting_.size() >= source_.events_waiting_max;
        if (!too_slow_) waiting_.push_back(event);
        signal_.cancel();
        return !too_slow_;
    }

    asio::awaitable<void> run(UpgradeRequest request) {
        const auto [error] = co_await stream_.async_accept(request, as_result);
        if (error) co_return;
        source_.feed->add(*this);
        asio::co_spawn(
            stream_.get_executor(), [self = shared_from_this()] { return self->listen(); },
            asio::detached);
        co_await tell();
    }

private:
    beast::tcp_stream& lowest() { return beast::get_lowest_layer(stream_); }

    /// What the other end says means nothing, but pings and the end.
    asio::awaitable<void> listen() {
        while (!ended_) {
            beast::flat_buffer ignored;
            const auto [error, bytes] = co_await stream_.async_read(ignored, as_result);
            ended_ = static_cast<bool>(error);
        }
        signal_.cancel();
    }

    asio::awaitable<void> tell() {
        while (!ended_ && !too_slow_) {
            if (waiting_.empty()) {
                co_await signal_.async_wait(as_result);
                continue;
            }
            const EventFeed::Text event = std::move(waiting_.front());
            waiting_.pop_front();
            const auto [error, bytes] =
                co_await stream_.async_write(asio::buffer(*event), as_result);
            if (error) co_return;
        }
        if (ended_) co_return;
        const websocket::close_reason reason{websocket::close_code::try_again_later,
                                             "events are not read as fast as they happen"};
        co_await stream_.async_close(reason, as_result);
    }

    websocket::stream<beast::tcp_stream> stream_;
    asio::steady_timer signal_;  ///< never fires; cancelled when there is something to do
    EventSource source_;
    std::deque<EventFeed::Text> waiting_;
    bool too_slow_ = false;
    bool ended_ = false;
};

}  // namespace

asio::awaitable<void> serve_events(beast::tcp_stream stream, UpgradeRequest request,
                                   EventSource source) {
    const auto session = std::make_shared<EventSession>(std::move(stream), std::move(source));
    co_await session->run(std::move(request));
}

}  // namespace bezant::rpc
