// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/bytes.hpp"
#include "crypto/ed25519.hpp"

namespace bezant {

/// The checks of encodings that come before the equation of a signature. All of it is public, so
/// time may depend on it. See verify() for the rule.

/// True if the little-endian number is below L = 2^252 + 27742317777372353535851937790883648493.
[[nodiscard]] bool is_canonical_scalar(std::span<const Byte, 32> scalar);

/// True if the y coordinate (all bits but the highest, little-endian) is below p = 2^255 - 19.
[[nodiscard]] bool is_canonical_point(std::span<const Byte, 32> point);

/// True if the encoding, with either sign, is that of one of the eight points whose order divides
/// the cofactor 8. Only for canonical encodings.
[[nodiscard]] bool has_small_order(std::span<const Byte, 32> canonical_point);

/// All of the above for the key and the signature's two halves.
[[nodiscard]] bool has_valid_encoding(const PublicKey& key, const Signature& signature);

}  // namespace bezant
