// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "crypto/ed25519.hpp"
#include "crypto/hash.hpp"
#include "ledger/transaction.hpp"

namespace bezant::test {

/// Somebody with a key. The same name always has the same one.
struct Person {
    explicit Person(std::string_view name)
        : key(SigningKey::from_seed(
              SecretSeed{std::span<const Byte, 32>{sha256(as_bytes(name)).bytes}})),
          public_key(key.public_key()),
          owner(public_key_hash(public_key)) {}

    SigningKey key;
    PublicKey public_key;
    PublicKeyHash owner;
};

}  // namespace bezant::test
