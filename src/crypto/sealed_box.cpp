// SPDX-License-Identifier: Apache-2.0
#include "crypto/sealed_box.hpp"

#include "base/check.hpp"
#include "crypto/aead.hpp"

namespace bezant {

std::string_view to_text(SealError error) {
    switch (error) {
        case SealError::wrong_password_or_altered:
            return "the password is wrong, or the bytes have been altered";
        case SealError::too_short:
            return "too short to hold anything";
        case SealError::out_of_memory:
            return "this machine has not the memory that the password's cost asks for";
    }
    CHECK(false, "every error has a text");
}

Result<Bytes, SealError> seal(ByteView secret, ByteView password, const SealLock& lock,
                              ByteView associated) {
    CHECK(is_bearable(lock.cost), "the cost of a box lies within its bounds");
    const auto key = argon2id(password, lock.salt, lock.cost);
    if (!key) return unexpected{SealError::out_of_memory};
    return xchacha20_poly1305_encrypt(secret, *key, lock.nonce, associated);
}

Result<SecretBuffer, SealError> open_sealed(ByteView box, ByteView password, const SealLock& lock,
                                            ByteView associated) {
    CHECK(is_bearable(lock.cost), "the cost of a box lies within its bounds");
    if (box.size() < seal_overhead_bytes) return unexpected{SealError::too_short};
    const auto key = argon2id(password, lock.salt, lock.cost);
    if (!key) return unexpected{SealError::out_of_memory};
    auto secret = xchacha20_poly1305_decrypt(box, *key, lock.nonce, associated);
    if (!secret) return unexpected{SealError::wrong_password_or_altered};
    return std::move(*secret);
}

}  // namespace bezant
