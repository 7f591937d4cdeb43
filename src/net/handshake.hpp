// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.hpp"
#include "net/spawn.hpp"
#include "net/tls_context.hpp"

namespace bezant::net {

/// A stream on which messages can be sent, and who is at its other end.
struct OpenStream {
    TlsStream stream;
    PublicKey identity;
};

/// Why there is none, for the log: never a text of the other side's.
struct HandshakeFailure {
    std::string why;
};

using Handshake = Result<OpenStream, HandshakeFailure>;

/// Greets whoever is at the other end of this socket, as the one that called or was called. The
/// context must outlive the stream.
[[nodiscard]] Task<Handshake> shake_hands(TlsContext& context, boost::asio::ip::tcp::socket socket,
                                          bool called, Duration limit);

/// Calls this address and shakes hands, each within its limit.
[[nodiscard]] Task<Handshake> call(TlsContext& context, boost::asio::ip::tcp::endpoint endpoint,
                                   Duration connect_limit, Duration handshake_limit);

}  // namespace bezant::net
