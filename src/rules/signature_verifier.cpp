// SPDX-License-Identifier: Apache-2.0
#include "rules/signature_verifier.hpp"

#include "base/check.hpp"
#include "crypto/ed25519.hpp"

namespace bezant {

void SignatureVerifier::expect_valid(const PublicKey& key, const Hash256& message,
                                     const Signature& signature) {
    CHECK(is_valid(key, message, signature), "a wallet signs what it pays");
}

bool DirectVerifier::is_valid(const PublicKey& key, const Hash256& message,
                              const Signature& signature) {
    return verify(key, message.view(), signature);
}

}  // namespace bezant
