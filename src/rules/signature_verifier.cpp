// SPDX-License-Identifier: Apache-2.0
#include "rules/signature_verifier.hpp"

#include "crypto/ed25519.hpp"

namespace bezant {

bool DirectVerifier::is_valid(const PublicKey& key, const Hash256& message,
                              const Signature& signature) {
    return verify(key, message.view(), signature);
}

}  // namespace bezant
