// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>
#include <set>

#include "rpc/event_feed.hpp"

namespace bezant::rpc {

/// What a WebSocket that is told of events has to do with.
struct EventSource {
    std::shared_ptr<EventFeed> feed;
    /// Where the connection is to be found while it lasts, for whoever ends them all.
    std::shared_ptr<std::set<boost::beast::tcp_stream*>> connections;
    std::size_t events_waiting_max;
};

using UpgradeRequest = boost::beast::http::request<boost::beast::http::string_body>;

/// Takes the connection over after a request to make a WebSocket of it, and tells its other end
/// whatever happens, a text message an event. Who does not read as fast as things happen is let go
/// with close code 1013.
boost::asio::awaitable<void> serve_events(boost::beast::tcp_stream stream, UpgradeRequest request,
                                          EventSource source);

}  // namespace bezant::rpc
