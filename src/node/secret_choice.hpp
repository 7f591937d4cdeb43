// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/bytes.hpp"
#include "crypto/hash.hpp"
#include "node/address_buckets.hpp"

namespace bezant {

enum class SecretPurpose : std::uint8_t {
    random_choices,  ///< seed of what is drawn about addresses
    kept_group,      ///< callers of which groups are kept
    address_relay,   ///< who is told of an address today
    shown_numbers,   ///< nonces that strangers see
};

/// A number that is always the same for the same things, and that nobody else can foresee.
[[nodiscard]] inline std::uint64_t secret_choice(const AddressSecret& secret, SecretPurpose purpose,
                                                 ByteView things) {
    const Byte kind = static_cast<Byte>(purpose);
    const Hash256 hash = tagged_hasher("bezant/secret-choice")
                             .update(secret.view())
                             .update({&kind, 1})
                             .update(things)
                             .finish();
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof(number); ++i) number = number << 8U | hash.bytes[i];
    return number;
}

}  // namespace bezant
