// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "crypto/mnemonic.hpp"
#include "tests/support/error_of.hpp"
#include "wallet/keyring.hpp"
#include "wallet/wallet_secret.hpp"

namespace bezant::wallet {

constexpr KeyAccount test_account{.coin_type = 1, .account = 0};

/// Sixteen times this byte, and no passphrase.
inline WalletSecret secret_of(Byte who) {
    return {SecretBuffer(16, who), secret_copy(as_bytes(""))};
}

/// A keyring of its own for every `who`, unlocked.
inline Keyring keyring_of(Byte who, std::uint32_t gap_limit = gap_limit_usual) {
    Keyring keyring{test_account, gap_limit};
    (void)keyring.unlock(secret_of(who).seed());
    return keyring;
}

inline PublicKeyHash owner_at(const Keyring& keyring, const KeyPath& path) {
    return public_key_hash(keyring.public_key(path));
}

constexpr KeyPath receiving(std::uint32_t index) { return {KeyBranch::receiving, index}; }
constexpr KeyPath change(std::uint32_t index) { return {KeyBranch::change, index}; }

/// The least that a password can cost; salt and nonce are all 1 and all 2.
inline SealLock cheap_lock() {
    SealLock lock{seal_cost_min, {}, {}};
    lock.salt.bytes.fill(1);
    lock.nonce.bytes.fill(2);
    return lock;
}

}  // namespace bezant::wallet
