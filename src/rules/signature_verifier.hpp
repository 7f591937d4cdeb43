// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/transaction.hpp"

namespace bezant {

/// Where the rules get the verdict of a signature, so that it can be worked out once, elsewhere or
/// in parallel. Whoever implements it answers exactly what crypto's `verify` answers.
class SignatureVerifier {
public:
    SignatureVerifier() = default;
    SignatureVerifier(const SignatureVerifier&) = delete;
    SignatureVerifier& operator=(const SignatureVerifier&) = delete;
    virtual ~SignatureVerifier() = default;

    [[nodiscard]] virtual bool is_valid(const PublicKey& key, const Hash256& message,
                                        const Signature& signature) = 0;

    /// The signature was made here a moment ago, by a wallet that knows what it does: nobody waits
    /// until that was verified. It is, at once or later, and stops the program if it is not so.
    virtual void expect_valid(const PublicKey& key, const Hash256& message,
                              const Signature& signature);
    /// Comes back when all that was expected was verified.
    virtual void settle() {}
};

/// Works every verdict out on the spot.
class DirectVerifier final : public SignatureVerifier {
public:
    [[nodiscard]] bool is_valid(const PublicKey& key, const Hash256& message,
                                const Signature& signature) override;
};

}  // namespace bezant
