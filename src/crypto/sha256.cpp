// SPDX-License-Identifier: Apache-2.0
// SHA-256 is OpenSSL's, which takes the processor's own instructions where there are any. The
// functions of its release 1.1 are asked for: those that came after make an object for each hash,
// which costs more than hashing what is hashed here.
#define OPENSSL_API_COMPAT 10100
#include <openssl/sha.h>

#include <new>
#include <type_traits>

#include "crypto/hash.hpp"

namespace bezant {

namespace {

template <class Storage>
auto* state_of(Storage& storage) {
    using State = std::conditional_t<std::is_const_v<Storage>, const SHA256_CTX, SHA256_CTX>;
    return std::launder(reinterpret_cast<State*>(storage.data()));
}

}  // namespace

Hash256 sha256(ByteView message) { return Sha256{}.update(message).finish(); }

Sha256::Sha256() : state_{} {
    static_assert(sizeof(state_) == sizeof(SHA256_CTX));
    static_assert(alignof(SHA256_CTX) <= 8);
    SHA256_Init(new (state_.data()) SHA256_CTX);
}

Sha256& Sha256::update(ByteView piece) {
    SHA256_Update(state_of(state_), piece.data(), piece.size());
    return *this;
}

Hash256 Sha256::finish() const {
    SHA256_CTX copy = *state_of(state_);
    Hash256 hash;
    SHA256_Final(hash.data(), &copy);
    return hash;
}

}  // namespace bezant
