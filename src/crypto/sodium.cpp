// SPDX-License-Identifier: Apache-2.0
// The one file that knows libsodium: SHA-512, short hashes, Ed25519, locking up by password, and
// wiping.
#include <sodium.h>

#include "base/check.hpp"
#include "crypto/aead.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/ed25519_encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/secret.hpp"
#include "crypto/short_hash.hpp"

namespace bezant {

namespace {

/// To be called before any other use of the library; threads may call it at once.
void prepare_sodium() {
    static const int status = sodium_init();
    CHECK(status >= 0, "libsodium can be initialised");
}

}  // namespace

void wipe(std::span<Byte> secret) { sodium_memzero(secret.data(), secret.size()); }

Hash512 sha512(ByteView message) {
    prepare_sodium();
    Hash512 hash;
    crypto_hash_sha512(hash.data(), message.data(), message.size());
    return hash;
}

Hash512 hmac_sha512(ByteView key, ByteView message) {
    prepare_sodium();
    crypto_auth_hmacsha512_state state;
    Hash512 code;
    crypto_auth_hmacsha512_init(&state, key.data(), key.size());
    crypto_auth_hmacsha512_update(&state, message.data(), message.size());
    crypto_auth_hmacsha512_final(&state, code.data());
    sodium_memzero(&state, sizeof(state));
    return code;
}

std::uint64_t short_hash(const ShortHashKey& key, ByteView message) {
    static_assert(crypto_shorthash_KEYBYTES == ShortHashKey::size_bytes);
    prepare_sodium();
    std::array<Byte, crypto_shorthash_BYTES> hash{};
    crypto_shorthash(hash.data(), message.data(), message.size(), key.data());
    std::uint64_t number = 0;
    for (std::size_t i = hash.size(); i-- > 0;) number = number << 8U | hash[i];
    return number;
}

SigningKey SigningKey::from_seed(const SecretSeed& seed) {
    prepare_sodium();
    static_assert(crypto_sign_SECRETKEYBYTES == sizeof(SecretBytes<64>));
    SigningKey key;
    PublicKey public_key;
    crypto_sign_seed_keypair(public_key.data(), key.seed_and_public_key_.writable().data(),
                             seed.view().data());
    return key;
}

PublicKey SigningKey::public_key() const {
    return PublicKey::from(seed_and_public_key_.view().last<32>());
}

Signature SigningKey::sign(ByteView message) const {
    Signature signature;
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                         seed_and_public_key_.view().data());
    return signature;
}

// Release 1.0.18 makes the same checks of encodings itself and uses the cofactorless equation. The
// encodings are checked here all the same, because the rule must not change with the library; of
// the equation, the tests' edge cases tell if another release has another.
bool verify(const PublicKey& key, ByteView message, const Signature& signature) {
    prepare_sodium();
    return has_valid_encoding(key, signature) &&
           crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                       key.data()) == 0;
}

std::optional<SealKey> argon2id(ByteView password, const SealSalt& salt, const SealCost& cost) {
    prepare_sodium();
    static_assert(crypto_pwhash_argon2id_SALTBYTES == SealSalt::size_bytes);
    constexpr std::size_t bytes_per_kib = 1024;
    SealKey key;
    const auto bytes = key.writable();
    // The library wants an address, of an empty password, too.
    const Byte nothing = 0;
    const Byte* const word = password.empty() ? &nothing : password.data();
    const int status = crypto_pwhash_argon2id(
        bytes.data(), bytes.size(), reinterpret_cast<const char*>(word), password.size(),
        salt.data(), cost.passes, cost.memory_kib * bytes_per_kib,
        crypto_pwhash_argon2id_ALG_ARGON2ID13);
    if (status != 0) return std::nullopt;
    return key;
}

Bytes xchacha20_poly1305_encrypt(ByteView secret, const SealKey& key, const SealNonce& nonce,
                                 ByteView associated) {
    static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == sizeof(SealKey));
    static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == SealNonce::size_bytes);
    static_assert(crypto_aead_xchacha20poly1305_ietf_ABYTES == seal_overhead_bytes);
    prepare_sodium();
    Bytes box(secret.size() + seal_overhead_bytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(box.data(), nullptr, secret.data(), secret.size(),
                                               associated.data(), associated.size(), nullptr,
                                               nonce.data(), key.view().data());
    return box;
}

std::optional<SecretBuffer> xchacha20_poly1305_decrypt(ByteView box, const SealKey& key,
                                                       const SealNonce& nonce,
                                                       ByteView associated) {
    CHECK(box.size() >= seal_overhead_bytes, "a box holds its authenticator");
    prepare_sodium();
    SecretBuffer secret(box.size() - seal_overhead_bytes);
    const int status = crypto_aead_xchacha20poly1305_ietf_decrypt(
        secret.data(), nullptr, nullptr, box.data(), box.size(), associated.data(),
        associated.size(), nonce.data(), key.view().data());
    if (status != 0) return std::nullopt;
    return secret;
}

}  // namespace bezant
