// SPDX-License-Identifier: Apache-2.0
#include "wallet/keyring.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace bezant::wallet {

namespace {

constexpr std::uint32_t purpose = 44;

SigningKey key_at(const ExtendedKey& branch, std::uint32_t index) {
    return SigningKey::from_seed(derive(branch, index).key);
}

}  // namespace

bool is_sound(const AccountKeys& keys) {
    std::vector<PublicKey> all;
    for (const BranchKeys& branch : keys) {
        if (std::max(branch.used, branch.issued) > branch.keys.size()) return false;
        all.insert(all.end(), branch.keys.begin(), branch.keys.end());
    }
    std::ranges::sort(all);
    return std::ranges::adjacent_find(all) == all.end();
}

std::string_view to_text(KeyringError error) {
    switch (error) {
        case KeyringError::gap_limit:
            return "too many addresses were given away that nobody has paid to; use one of them, "
                   "or "
                   "whoever restores this wallet from its words would not find the next";
        case KeyringError::no_key_left:
            return "no unused key is left; unlock the wallet, and it makes more";
        case KeyringError::other_seed:
            return "the secret does not give the public keys of this wallet: they are another "
                   "wallet's, or somebody has altered them";
    }
    CHECK(false, "every error has a text");
}

Keyring::Keyring(KeyAccount account, std::uint32_t gap_limit, AccountKeys keys)
    : account_(account), gap_limit_(gap_limit), keys_(std::move(keys)) {
    CHECK(is_sound(keys_), "a keyring is made of sound keys");
    CHECK(gap_limit_ > 0 && gap_limit_ <= gap_limit_max, "the gap limit is within its bounds");
    for (const KeyBranch branch : key_branches) {
        for (std::uint32_t i = 0; i < of(branch).keys.size(); ++i) remember({branch, i});
    }
}

Result<void, KeyringError> Keyring::unlock(const SecretBytes<64>& seed) {
    const Secret secret = branch_secrets(seed);
    if (!gives_known_keys(secret)) return unexpected{KeyringError::other_seed};
    secret_ = secret;
    for (const KeyBranch branch : key_branches) derive_ahead(branch);
    return {};
}

std::optional<KeyPath> Keyring::path_of(const PublicKeyHash& owner) const {
    const auto found = paths_.find(owner);
    if (found == paths_.end()) return std::nullopt;
    return found->second;
}

const PublicKey& Keyring::public_key(const KeyPath& path) const {
    CHECK(path.index < of(path.branch).keys.size(), "the keyring knows the key of this path");
    return of(path.branch).keys[path.index];
}

SigningKey Keyring::signing_key(const KeyPath& path) const {
    CHECK(is_unlocked(), "a keyring signs while it is unlocked");
    CHECK(path.index < of(path.branch).keys.size(), "the keyring knows the key of this path");
    return key_at((*secret_)[static_cast<Byte>(path.branch)], path.index);
}

bool Keyring::mark_used(const PublicKeyHash& owner) {
    const auto path = path_of(owner);
    if (!path) return false;
    BranchKeys& branch = of(path->branch);
    branch.used = std::max(branch.used, path->index + 1);
    derive_ahead(path->branch);
    return true;
}

Result<KeyPath, KeyringError> Keyring::next_unused(KeyBranch branch) const {
    const BranchKeys& known = of(branch);
    if (known.used == known.keys.size()) return unexpected{KeyringError::no_key_left};
    return KeyPath{branch, known.used};
}

Result<KeyPath, KeyringError> Keyring::issue(KeyBranch branch) {
    BranchKeys& known = of(branch);
    const std::uint32_t index = std::max(known.used, known.issued);
    if (index - known.used >= gap_limit_) return unexpected{KeyringError::gap_limit};
    if (index == known.keys.size()) return unexpected{KeyringError::no_key_left};
    known.issued = index + 1;
    return KeyPath{branch, index};
}

Keyring::Secret Keyring::branch_secrets(const SecretBytes<64>& seed) const {
    const std::array path{purpose, account_.coin_type, account_.account};
    const ExtendedKey account = derive_path(seed.view(), path);
    Secret secret;
    for (const KeyBranch branch : key_branches) {
        const auto number = static_cast<Byte>(branch);
        secret[number] = derive(account, number);
    }
    return secret;
}

bool Keyring::gives_known_keys(const Secret& secret) const {
    for (const KeyBranch branch : key_branches) {
        const ExtendedKey& parent = secret[static_cast<Byte>(branch)];
        std::uint32_t index = 0;
        for (const PublicKey& known : of(branch).keys) {
            if (key_at(parent, index++).public_key() != known) return false;
        }
    }
    return true;
}

void Keyring::derive_ahead(KeyBranch branch) {
    if (!secret_) return;
    BranchKeys& known = of(branch);
    const std::size_t wanted = std::size_t{known.used} + gap_limit_ + reserve_keys;
    while (known.keys.size() < wanted) {
        const auto index = static_cast<std::uint32_t>(known.keys.size());
        const ExtendedKey& parent = (*secret_)[static_cast<Byte>(branch)];
        known.keys.push_back(key_at(parent, index).public_key());
        remember({branch, index});
    }
}

void Keyring::remember(const KeyPath& path) {
    paths_.emplace(public_key_hash(public_key(path)), path);
}

}  // namespace bezant::wallet
