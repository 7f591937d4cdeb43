// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>

#include "crypto/ed25519.hpp"

namespace bezant::net {

/// Gives the signatures that were made when the event happened.
class RecordedSigner final : public Signer {
public:
    struct Signatures {
        std::deque<Signature> left;
        bool lacked = false;  ///< one was asked for that is not there
    };

    RecordedSigner(const PublicKey& key, Signatures& signatures)
        : key_(key), signatures_(signatures) {}

    [[nodiscard]] PublicKey public_key() const override { return key_; }
    [[nodiscard]] Signature sign(ByteView) const override {
        signatures_.lacked = signatures_.lacked || signatures_.left.empty();
        if (signatures_.left.empty()) return {};
        const Signature next = signatures_.left.front();
        signatures_.left.pop_front();
        return next;
    }

private:
    PublicKey key_;
    Signatures& signatures_;
};

}  // namespace bezant::net
