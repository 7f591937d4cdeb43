// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/key_derivation.hpp"
#include "ledger/transaction.hpp"
#include "wallet/key_path.hpp"

namespace bezant::wallet {

/// Unused keys in a row after which whoever restores an account looks no further (BIP 44).
inline constexpr std::uint32_t gap_limit_usual = 20;
inline constexpr std::uint32_t gap_limit_max = 10'000;

/// Keys that are derived beyond the gap limit, so that a locked keyring knows as many more before
/// it must be unlocked.
inline constexpr std::uint32_t reserve_keys = 100;

/// What is known of a branch without its secret.
struct BranchKeys {
    std::vector<PublicKey> keys;  ///< by index
    std::uint32_t used = 0;       ///< one past the last index that owned a coin
    std::uint32_t issued = 0;     ///< one past the last index whose address was given away

    friend bool operator==(const BranchKeys&, const BranchKeys&) = default;
};
using AccountKeys = std::array<BranchKeys, key_branches.size()>;

/// Whether no key is there twice, and none is used or issued that is not there.
[[nodiscard]] bool is_sound(const AccountKeys& keys);

enum class KeyringError : Byte {
    gap_limit,    ///< the last `gap_limit` addresses given away have not been used
    no_key_left,  ///< all keys known are used or issued; more must be derived with the secret
    other_seed,   ///< the keys known are not those of this seed
};

/// A plain English sentence for each, without a full stop.
[[nodiscard]] std::string_view to_text(KeyringError error);

/// The keys of an account, public ones at all times, and the secret that they are derived with
/// while it is unlocked. Ed25519 has no public derivation, so a keyring whose secret is elsewhere,
/// or nowhere, watches for the keys in its list and for no others.
///
/// Whoever reads a ledger asks path_of() for the owner of each output and calls mark_used(). If
/// key_count() grew meanwhile, older blocks may hold coins of the new keys and are to be read
/// again.
class Keyring {
public:
    /// Locked. The keys must be sound, the gap limit from 1 to gap_limit_max, and coin type and
    /// account below child_index_end.
    explicit Keyring(KeyAccount account, std::uint32_t gap_limit = gap_limit_usual,
                     AccountKeys keys = {});

    /// Takes the secret out of the seed and derives what is wanting: in each branch, gap_limit() +
    /// reserve_keys keys beyond the last used. Refuses a seed that does not give each key known
    /// already, which also finds keys that somebody put among them. About 20 microseconds a key.
    [[nodiscard]] Result<void, KeyringError> unlock(const SecretBytes<64>& seed);

    /// Wipes the secret.
    void lock() { secret_.reset(); }
    [[nodiscard]] bool is_unlocked() const { return secret_.has_value(); }

    [[nodiscard]] const KeyAccount& account() const { return account_; }
    [[nodiscard]] std::uint32_t gap_limit() const { return gap_limit_; }
    [[nodiscard]] const AccountKeys& keys() const { return keys_; }
    [[nodiscard]] std::size_t key_count() const { return paths_.size(); }

    /// Which of the keys owns it, if one does. O(1).
    [[nodiscard]] std::optional<KeyPath> path_of(const PublicKeyHash& owner) const;

    /// Of a path that is known.
    [[nodiscard]] const PublicKey& public_key(const KeyPath& path) const;

    /// What signs for a path that is known. The keyring must be unlocked.
    [[nodiscard]] SigningKey signing_key(const KeyPath& path) const;

    /// A coin of this owner was seen: true if it is ours. Derives more keys if unlocked.
    bool mark_used(const PublicKeyHash& owner);

    /// The first key of the branch beyond all used ones; no key left to say is an error.
    [[nodiscard]] Result<KeyPath, KeyringError> next_unused(KeyBranch branch) const;

    /// The same, but another one each time: for an address to give away. The gap limit stops it,
    /// because whoever restores the account would not look so far.
    [[nodiscard]] Result<KeyPath, KeyringError> issue(KeyBranch branch);

private:
    using Secret = std::array<ExtendedKey, key_branches.size()>;  ///< one of each branch

    [[nodiscard]] Secret branch_secrets(const SecretBytes<64>& seed) const;
    [[nodiscard]] bool gives_known_keys(const Secret& secret) const;
    [[nodiscard]] BranchKeys& of(KeyBranch branch) { return keys_[static_cast<Byte>(branch)]; }
    [[nodiscard]] const BranchKeys& of(KeyBranch branch) const {
        return keys_[static_cast<Byte>(branch)];
    }
    void derive_ahead(KeyBranch branch);
    void remember(const KeyPath& path);

    KeyAccount account_;
    std::uint32_t gap_limit_;
    AccountKeys keys_;
    boost::unordered_flat_map<PublicKeyHash, KeyPath, DigestHasher> paths_;
    std::optional<Secret> secret_;
};

}  // namespace bezant::wallet
