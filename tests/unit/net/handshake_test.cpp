// SPDX-License-Identifier: Apache-2.0
// Who may speak with whom: two sides on a socket of this machine, in one loop.
#include "net/handshake.hpp"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "tests/unit/net/keys.hpp"
#include "tests/unit/net/loop.hpp"

namespace bezant::net {
namespace {

using boost::asio::ip::address_v4;
using boost::asio::ip::tcp;
using test::key_of;
using test::seed_of;

constexpr Duration limit = seconds(50);

class HandshakeTest : public testing::Test {
protected:
    /// Shakes hands as the one that is called.
    void serve(TlsContext& context, Duration time = limit) {
        spawn(loop_.get_executor(), [this, &context, time]() -> Task<> {
            tcp::socket socket = co_await acceptor_.async_accept(boost::asio::use_awaitable);
            served_.emplace(co_await shake_hands(context, std::move(socket), false, time));
        });
    }
    void call_with(TlsContext& context) {
        spawn(loop_.get_executor(), [this, &context]() -> Task<> {
            called_.emplace(co_await call(context, acceptor_.local_endpoint(), limit, limit));
        });
    }
    bool both_end() {
        return test::run_until(loop_, [&] { return served_ && called_; });
    }
    bool served_ends() {
        return test::run_until(loop_, [&] { return served_.has_value(); });
    }

    boost::asio::io_context loop_;
    tcp::acceptor acceptor_{loop_, tcp::endpoint{address_v4::loopback(), 0}};
    std::optional<Handshake> served_;
    std::optional<Handshake> called_;
};

TEST_F(HandshakeTest, ShowsEachSideTheKeyOfTheOther) {
    TlsContext alice{seed_of("alice"), std::nullopt};
    TlsContext bob{seed_of("bob"), std::nullopt};
    serve(alice);
    call_with(bob);
    ASSERT_TRUE(both_end());
    ASSERT_TRUE(*served_) << served_->error().why;
    ASSERT_TRUE(*called_) << called_->error().why;
    EXPECT_EQ((*served_)->identity, key_of("bob"));
    EXPECT_EQ((*called_)->identity, key_of("alice"));
    EXPECT_STREQ(SSL_get_version((*served_)->stream.native_handle()), "TLSv1.3");
}

TEST_F(HandshakeTest, FailsWithWhoeverIsNotAllowed) {
    TlsContext alice{seed_of("alice"), std::vector{key_of("carol")}};
    TlsContext bob{seed_of("bob"), std::nullopt};
    serve(alice);
    call_with(bob);
    ASSERT_TRUE(served_ends());
    EXPECT_FALSE(*served_);
}

TEST_F(HandshakeTest, FailsIfTheOneCalledIsNotAllowed) {
    TlsContext alice{seed_of("alice"), std::nullopt};
    TlsContext bob{seed_of("bob"), std::vector{key_of("carol")}};
    serve(alice);
    call_with(bob);
    ASSERT_TRUE(both_end());
    EXPECT_FALSE(*called_);
    EXPECT_FALSE(*served_);
}

TEST_F(HandshakeTest, WorksWithWhoeverIsAllowed) {
    TlsContext alice{seed_of("alice"), std::vector{key_of("carol"), key_of("bob")}};
    TlsContext bob{seed_of("bob"), std::vector{key_of("alice")}};
    serve(alice);
    call_with(bob);
    ASSERT_TRUE(both_end());
    EXPECT_TRUE(*served_);
    EXPECT_TRUE(*called_);
}

TEST_F(HandshakeTest, FailsWithOneself) {
    TlsContext alice{seed_of("alice"), std::nullopt};
    serve(alice);
    call_with(alice);
    ASSERT_TRUE(both_end());
    EXPECT_FALSE(*served_);
    ASSERT_FALSE(*called_);
    EXPECT_EQ(called_->error().why, "it is this node");
}

/// A caller with a context of its own making.
class StrangerTest : public HandshakeTest {
protected:
    StrangerTest() {
        SSL_CTX_set_verify(context_.native_handle(), SSL_VERIFY_NONE, nullptr);
        serve(alice_);
    }

    void shake() {
        spawn(loop_.get_executor(), [this]() -> Task<> {
            TlsStream stream{tcp::socket{loop_}, context_};
            boost::system::error_code ignored;
            stream.next_layer().connect(acceptor_.local_endpoint(), ignored);
            using boost::asio::as_tuple;
            using boost::asio::use_awaitable;
            co_await stream.async_handshake(TlsStream::client, as_tuple(use_awaitable));
            // The other side's verdict comes with the first read.
            Byte byte{};
            co_await stream.async_read_some(boost::asio::buffer(&byte, 1), as_tuple(use_awaitable));
        });
    }

    TlsContext alice_{seed_of("alice"), std::nullopt};
    boost::asio::ssl::context context_{boost::asio::ssl::context::tls_client};
};

TEST_F(StrangerTest, WithoutAKeyIsNotSpokenWith) {
    shake();
    ASSERT_TRUE(served_ends());
    EXPECT_FALSE(*served_);
}

TEST_F(StrangerTest, WithAnOlderVersionIsNotSpokenWith) {
    SSL_CTX_set_max_proto_version(context_.native_handle(), TLS1_2_VERSION);
    shake();
    ASSERT_TRUE(served_ends());
    EXPECT_FALSE(*served_);
}

/// As OpenSSL makes it for somebody who knows about the key, and not about the protocol.
TEST_F(StrangerTest, WithAKeyButAnotherProtocolIsNotSpokenWith) {
    EVP_PKEY* const key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr,
                                                       seed_of("mallory").view().data(), 32);
    X509* const certificate = X509_new();
    X509_set_pubkey(certificate, key);
    ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate), "20000101000000Z");
    ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate), "20491231235959Z");
    ASSERT_GT(X509_sign(certificate, key, nullptr), 0);
    ASSERT_EQ(SSL_CTX_use_certificate(context_.native_handle(), certificate), 1);
    ASSERT_EQ(SSL_CTX_use_PrivateKey(context_.native_handle(), key), 1);
    X509_free(certificate);
    EVP_PKEY_free(key);
    shake();
    ASSERT_TRUE(served_ends());
    ASSERT_FALSE(*served_);
    EXPECT_EQ(served_->error().why, "it does not speak as nodes do");
}

TEST_F(HandshakeTest, EndsWithWhoeverSaysNothing) {
    TlsContext alice{seed_of("alice"), std::nullopt};
    serve(alice, milliseconds(20));
    tcp::socket mute{loop_};
    mute.connect(acceptor_.local_endpoint());
    ASSERT_TRUE(served_ends());
    EXPECT_FALSE(*served_);
}

TEST_F(HandshakeTest, EndsWithWhoeverTalksNonsense) {
    TlsContext alice{seed_of("alice"), std::nullopt};
    serve(alice);
    tcp::socket caller{loop_};
    caller.connect(acceptor_.local_endpoint());
    boost::asio::write(caller, boost::asio::buffer(std::string{"GET / HTTP/1.1\r\n\r\n"}));
    ASSERT_TRUE(served_ends());
    EXPECT_FALSE(*served_);
}

}  // namespace
}  // namespace bezant::net
