// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <optional>
#include <vector>

#include "crypto/ed25519.hpp"

namespace bezant::net {

using TlsStream = boost::asio::ssl::stream<boost::asio::ip::tcp::socket>;

/// How nodes speak: TLS 1.3, both sides showing a certificate that they made themselves, whose
/// Ed25519 key is who they are (docs/formats.md, "Frames"). Nothing older, no resumption, no
/// authority. The one place that knows OpenSSL.
class TlsContext {
public:
    /// With `allowed`, the handshake fails with everybody else.
    TlsContext(const SecretSeed& key, std::optional<std::vector<PublicKey>> allowed);
    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;
    ~TlsContext() = default;

    [[nodiscard]] const PublicKey& identity() const { return identity_; }
    /// A stream on this socket, before the handshake. The context must outlive it.
    [[nodiscard]] TlsStream stream(boost::asio::ip::tcp::socket socket);

    [[nodiscard]] bool allows(const PublicKey& key) const;

private:
    void show_key(const SecretSeed& key);
    void speak_only_the_newest();
    void check_certificates();

    PublicKey identity_;
    std::optional<std::vector<PublicKey>> allowed_;
    boost::asio::ssl::context context_;
};

/// After a handshake: the key that the other side has proved to have. Nothing if it does not speak
/// as nodes do.
[[nodiscard]] std::optional<PublicKey> peer_identity(TlsStream& stream);

}  // namespace bezant::net
