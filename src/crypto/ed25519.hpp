// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.hpp"
#include "crypto/secret.hpp"

namespace bezant {

/// Encoding of the point A (RFC 8032, section 5.1.5).
struct PublicKeyTag;
using PublicKey = FixedBytes<PublicKeyTag, 32>;

/// Encoding of the point R, then the scalar S as a little-endian number (RFC 8032, section 5.1.6).
struct SignatureTag;
using Signature = FixedBytes<SignatureTag, 64>;

/// The 32 random bytes that a key pair is made of ("private key" in RFC 8032).
using SecretSeed = SecretBytes<32>;

/// Who signs with one key, wherever that key is.
class Signer {
public:
    Signer() = default;
    virtual ~Signer() = default;

    [[nodiscard]] virtual PublicKey public_key() const = 0;
    /// The one signature of this message that RFC 8032 prescribes; no randomness is used.
    [[nodiscard]] virtual Signature sign(ByteView message) const = 0;
    /// It may be asked to sign this message soon, and can begin if it has somebody who does.
    virtual void expect(ByteView /*message*/) const {}

protected:
    Signer(const Signer&) = default;
    Signer(Signer&&) = default;
    Signer& operator=(const Signer&) = default;
    Signer& operator=(Signer&&) = default;
};

/// A key pair that signs. Its secret is wiped when it goes out of scope.
class SigningKey final : public Signer {
public:
    /// Every seed gives a key pair, always the same one. Costs about as much as a signature.
    [[nodiscard]] static SigningKey from_seed(const SecretSeed& seed);

    [[nodiscard]] PublicKey public_key() const override;
    [[nodiscard]] Signature sign(ByteView message) const override;

private:
    SigningKey() = default;

    SecretBytes<64> seed_and_public_key_;
};

/// True if and only if the signature is valid, a rule of consensus and so pinned here in full:
/// - A and R are canonical encodings of points (y < p), and neither has small order;
/// - S < L, the order of the base point;
/// - S B = R + k A, without the cofactor, with k = SHA-512(R || A || message) mod L.
/// The edge cases are laid out in Chalkias, Garillot, Nikolaenko, "Taming the many EdDSAs" (2020).
/// Costs about 40 microseconds.
[[nodiscard]] bool verify(const PublicKey& key, ByteView message, const Signature& signature);

}  // namespace bezant
