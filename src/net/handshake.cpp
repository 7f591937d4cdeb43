// SPDX-License-Identifier: Apache-2.0
#include "net/handshake.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace bezant::net {

using boost::asio::as_tuple;
using boost::asio::use_awaitable;
using boost::asio::ip::tcp;

Task<Handshake> shake_hands(TlsContext& context, tcp::socket socket, bool called, Duration limit) {
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay{true}, ignored);
    socket.set_option(tcp::socket::keep_alive{true}, ignored);
    TlsStream stream = context.stream(std::move(socket));
    const auto role = called ? TlsStream::client : TlsStream::server;
    {
        const Deadline deadline{stream.next_layer(), limit};
        const auto [failure] = co_await stream.async_handshake(role, as_tuple(use_awaitable));
        if (failure) co_return unexpected{HandshakeFailure{failure.message()}};
    }
    const auto identity = peer_identity(stream);
    if (!identity) co_return unexpected{HandshakeFailure{"it does not speak as nodes do"}};
    if (*identity == context.identity()) co_return unexpected{HandshakeFailure{"it is this node"}};
    co_return OpenStream{.stream = std::move(stream), .identity = *identity};
}

Task<Handshake> call(TlsContext& context, tcp::endpoint endpoint, Duration connect_limit,
                     Duration handshake_limit) {
    tcp::socket socket{co_await boost::asio::this_coro::executor};
    {
        const Deadline deadline{socket, connect_limit};
        const auto [failure] = co_await socket.async_connect(endpoint, as_tuple(use_awaitable));
        if (failure) co_return unexpected{HandshakeFailure{failure.message()}};
    }
    co_return co_await shake_hands(context, std::move(socket), true, handshake_limit);
}

}  // namespace bezant::net
