// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <utility>

#include "crypto/ed25519.hpp"

namespace bezant {

/// Makes signatures beside whoever will ask for them, before he does.
class EarlySignatures {
public:
    EarlySignatures() = default;
    EarlySignatures(const EarlySignatures&) = delete;
    EarlySignatures& operator=(const EarlySignatures&) = delete;
    virtual ~EarlySignatures() = default;

    /// The key may have to sign this message soon.
    virtual void expect(const SigningKey& key, ByteView message) = 0;

    /// The key's signature of the message, if it was expected, and is made by now; it is given
    /// once. If there is none, the key is taken to sign itself: it is not begun any longer.
    [[nodiscard]] virtual std::optional<Signature> take(const SigningKey& key,
                                                        ByteView message) = 0;
};

/// A key that takes what was made for it early, and signs the rest itself.
class EarlySigner final : public Signer {
public:
    /// `early` must outlive it.
    EarlySigner(SigningKey key, EarlySignatures& early) : key_(std::move(key)), early_(early) {}

    [[nodiscard]] PublicKey public_key() const override { return key_.public_key(); }
    [[nodiscard]] Signature sign(ByteView message) const override {
        const auto made = early_.take(key_, message);
        return made ? *made : key_.sign(message);
    }
    void expect(ByteView message) const override { early_.expect(key_, message); }

private:
    SigningKey key_;
    EarlySignatures& early_;
};

}  // namespace bezant
