// SPDX-License-Identifier: Apache-2.0
#include "net/tls_context.hpp"

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <memory>

#include "base/check.hpp"

namespace bezant::net {

namespace {

/// RFC 7301: a name's length, and the name.
constexpr std::array<Byte, 9> protocol{8, 'b', 'e', 'z', 'a', 'n', 't', '/', '1'};
constexpr ByteView protocol_name = ByteView{protocol}.subspan(1);

/// Longest certificate that is looked at; ours has about 200 bytes.
constexpr long certificate_bytes_max = 4'096;
constexpr int certificate_version_3 = 2;
/// The years in which OpenSSL writes dates in its first form. Nobody looks at them.
constexpr const char* not_before = "20000101000000Z";
constexpr const char* not_after = "20491231235959Z";

template <class Object, void (*release)(Object*)>
struct Release {
    void operator()(Object* object) const { release(object); }
};
template <class Object, void (*release)(Object*)>
using Owned = std::unique_ptr<Object, Release<Object, release>>;

using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using Certificate = Owned<X509, X509_free>;

Key private_key(const SecretSeed& seed) {
    Key key{EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.view().data(),
                                         seed.view().size())};
    CHECK(key != nullptr, "every seed is an Ed25519 key");
    return key;
}

/// The least that a certificate can say: here is a key, and its owner signs.
Certificate self_signed(EVP_PKEY* key) {
    Certificate made{X509_new()};
    bool good = made != nullptr && X509_set_version(made.get(), certificate_version_3) == 1 &&
                ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1) == 1;
    good = good && ASN1_TIME_set_string_X509(X509_getm_notBefore(made.get()), not_before) == 1 &&
           ASN1_TIME_set_string_X509(X509_getm_notAfter(made.get()), not_after) == 1;
    good = good && X509_set_pubkey(made.get(), key) == 1 && X509_sign(made.get(), key, nullptr) > 0;
    CHECK(good, "OpenSSL makes certificates");
    return made;
}

/// The Ed25519 key of a certificate; nothing if it has another kind of key.
std::optional<PublicKey> key_in(X509* certificate) {
    if (certificate == nullptr) return std::nullopt;
    const EVP_PKEY* key = X509_get0_pubkey(certificate);
    if (key == nullptr || EVP_PKEY_get_id(key) != EVP_PKEY_ED25519) return std::nullopt;
    PublicKey result;
    std::size_t length = PublicKey::size();
    const int status = EVP_PKEY_get_raw_public_key(key, result.data(), &length);
    if (status != 1 || length != PublicKey::size()) return std::nullopt;
    return result;
}

/// In place of a chain of authorities: whether we deal with the owner of this key. That the other
/// side is its owner, TLS itself makes it prove (RFC 8446, section 4.4.3).
int check_certificate(X509_STORE_CTX* offered, void* context) {
    const auto key = key_in(X509_STORE_CTX_get0_cert(offered));
    const bool good = key && static_cast<const TlsContext*>(context)->allows(*key);
    X509_STORE_CTX_set_error(offered, good ? X509_V_OK : X509_V_ERR_APPLICATION_VERIFICATION);
    return good ? 1 : 0;
}

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length,
                    const unsigned char* offered, unsigned int offered_length, void*) {
    unsigned char* selected = nullptr;
    const int outcome = SSL_select_next_proto(&selected, length, protocol.data(), protocol.size(),
                                              offered, offered_length);
    *chosen = selected;
    return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

}  // namespace

TlsContext::TlsContext(const SecretSeed& key, std::optional<std::vector<PublicKey>> allowed)
    : identity_(SigningKey::from_seed(key).public_key()),
      allowed_(std::move(allowed)),
      context_(boost::asio::ssl::context::tls) {
    show_key(key);
    speak_only_the_newest();
    check_certificates();
}

void TlsContext::show_key(const SecretSeed& key) {
    const Key secret = private_key(key);
    const Certificate certificate = self_signed(secret.get());
    SSL_CTX* context = context_.native_handle();
    const bool good = SSL_CTX_use_certificate(context, certificate.get()) == 1 &&
                      SSL_CTX_use_PrivateKey(context, secret.get()) == 1;
    CHECK(good, "OpenSSL takes a key and its own certificate");
}

void TlsContext::speak_only_the_newest() {
    SSL_CTX* context = context_.native_handle();
    std::string signatures = "ed25519";  // OpenSSL's macros ask for texts that can be changed
    std::string groups = "X25519";
    bool good = SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1 &&
                SSL_CTX_set1_sigalgs_list(context, signatures.data()) == 1 &&
                SSL_CTX_set1_groups_list(context, groups.data()) == 1 &&
                SSL_CTX_set_num_tickets(context, 0) == 1;
    good = good && SSL_CTX_set_alpn_protos(context, protocol.data(), protocol.size()) == 0;
    CHECK(good, "OpenSSL speaks TLS 1.3 with Ed25519");
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_max_cert_list(context, certificate_bytes_max);
}

void TlsContext::check_certificates() {
    SSL_CTX* context = context_.native_handle();
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    SSL_CTX_set_cert_verify_callback(context, check_certificate, this);
}

TlsStream TlsContext::stream(boost::asio::ip::tcp::socket socket) {
    return {std::move(socket), context_};
}

bool TlsContext::allows(const PublicKey& key) const {
    return !allowed_ || std::ranges::find(*allowed_, key) != allowed_->end();
}

std::optional<PublicKey> peer_identity(TlsStream& stream) {
    SSL* session = stream.native_handle();
    const unsigned char* name = nullptr;
    unsigned int length = 0;
    SSL_get0_alpn_selected(session, &name, &length);
    if (!std::ranges::equal(ByteView{name, length}, protocol_name)) return std::nullopt;
    return key_in(SSL_get0_peer_certificate(session));
}

}  // namespace bezant::net
