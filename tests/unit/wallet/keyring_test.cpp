// SPDX-License-Identifier: Apache-2.0
#include "wallet/keyring.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.hpp"
#include "tests/unit/wallet/wallets.hpp"

namespace bezant::wallet {
namespace {

TEST(KeyPath, IsWrittenAsBip44HasIt) {
    EXPECT_EQ(to_text(KeyAccount{.coin_type = 1, .account = 2}, change(7)), "m/44'/1'/2'/1'/7'");
    EXPECT_EQ(coin_type_of("tbzt"), 1U);
    EXPECT_EQ(coin_type_of("bzt"), 4'348'500U);
    EXPECT_EQ(coin_type_of("bztt"), 1U);
}

TEST(Keyring, EachKeyLiesAtItsPath) {
    Keyring keyring{{.coin_type = 1, .account = 3}};
    const auto seed = secret_of(9).seed();
    ASSERT_TRUE(keyring.unlock(seed));
    for (const KeyPath path : {receiving(0), receiving(19), change(0), change(19)}) {
        const std::array steps{44U, 1U, 3U, static_cast<std::uint32_t>(path.branch), path.index};
        const auto key = SigningKey::from_seed(derive_path(seed.view(), steps).key);
        EXPECT_EQ(keyring.public_key(path), key.public_key());
        EXPECT_EQ(keyring.signing_key(path).public_key(), key.public_key());
        EXPECT_EQ(keyring.path_of(public_key_hash(key.public_key())), path);
    }
    EXPECT_FALSE(keyring.path_of(PublicKeyHash{}));
}

// True if the bytes lie anywhere in the object itself.
bool holds(const Keyring& keyring, std::span<const Byte, 32> bytes) {
    const std::span memory{reinterpret_cast<const Byte*>(&keyring), sizeof(keyring)};
    return !std::ranges::search(memory, bytes).empty();
}

TEST(Keyring, LockingWipesTheSecret) {
    Keyring keyring = keyring_of(1);
    const auto seed = secret_of(1).seed();
    const ExtendedKey branch = derive_path(seed.view(), std::array{44U, 1U, 0U, 0U});
    ASSERT_TRUE(holds(keyring, branch.key.view()));
    ASSERT_TRUE(holds(keyring, branch.chain_code.view()));
    keyring.lock();
    EXPECT_FALSE(keyring.is_unlocked());
    EXPECT_FALSE(holds(keyring, branch.key.view()));
    EXPECT_FALSE(holds(keyring, branch.chain_code.view()));
    EXPECT_DEATH((void)keyring.signing_key(receiving(0)), "while it is unlocked");
}

TEST(Keyring, ALockedOneKnowsItsKeysButNoMore) {
    Keyring keyring = keyring_of(1);
    keyring.lock();
    const std::uint32_t known = gap_limit_usual + reserve_keys;
    EXPECT_EQ(keyring.key_count(), 2 * known);
    for (std::uint32_t i = 0; i < known; ++i) {
        EXPECT_EQ(keyring.next_unused(KeyBranch::receiving), receiving(i));
        EXPECT_TRUE(keyring.mark_used(owner_at(keyring, receiving(i))));
    }
    EXPECT_EQ(keyring.key_count(), 2 * known);
    EXPECT_EQ(error_of(keyring.next_unused(KeyBranch::receiving)), KeyringError::no_key_left);
    EXPECT_EQ(error_of(keyring.issue(KeyBranch::receiving)), KeyringError::no_key_left);
    EXPECT_EQ(keyring.next_unused(KeyBranch::change), change(0));
    ASSERT_TRUE(keyring.unlock(secret_of(1).seed()));
    EXPECT_EQ(keyring.key_count(), 3 * known);
    EXPECT_EQ(keyring.next_unused(KeyBranch::receiving), receiving(known));
}

TEST(Keyring, UsedKeysMoveTheWindowAndNeverBack) {
    Keyring keyring = keyring_of(1);
    EXPECT_FALSE(keyring.mark_used(PublicKeyHash{}));
    EXPECT_TRUE(keyring.mark_used(owner_at(keyring, receiving(5))));
    EXPECT_EQ(keyring.next_unused(KeyBranch::receiving), receiving(6));
    EXPECT_TRUE(keyring.mark_used(owner_at(keyring, receiving(2))));
    EXPECT_EQ(keyring.next_unused(KeyBranch::receiving), receiving(6));
    EXPECT_EQ(keyring.next_unused(KeyBranch::change), change(0));
    EXPECT_EQ(keyring.keys()[0].keys.size(), 6U + gap_limit_usual + reserve_keys);
    EXPECT_EQ(keyring.keys()[1].keys.size(), gap_limit_usual + reserve_keys);
}

TEST(Keyring, AddressesGivenAwayStopAtTheGapLimit) {
    Keyring keyring = keyring_of(1, 3);
    for (std::uint32_t i = 0; i < 3; ++i) {
        EXPECT_EQ(keyring.issue(KeyBranch::receiving), receiving(i));
    }
    EXPECT_EQ(error_of(keyring.issue(KeyBranch::receiving)), KeyringError::gap_limit);
    EXPECT_EQ(keyring.issue(KeyBranch::change), change(0));
    EXPECT_EQ(keyring.next_unused(KeyBranch::receiving), receiving(0));
    (void)keyring.mark_used(owner_at(keyring, receiving(1)));
    EXPECT_EQ(keyring.issue(KeyBranch::receiving), receiving(3));
    EXPECT_EQ(keyring.issue(KeyBranch::receiving), receiving(4));
    EXPECT_EQ(error_of(keyring.issue(KeyBranch::receiving)), KeyringError::gap_limit);
    (void)keyring.mark_used(owner_at(keyring, receiving(9)));
    EXPECT_EQ(keyring.issue(KeyBranch::receiving), receiving(10));
}

// What one wallet gave away, another made of the same words finds, however it was used.
TEST(Keyring, WhoeverRestoresItFindsEveryKeyUsed) {
    Random random{7};
    Keyring lost = keyring_of(1);
    Keyring restored = keyring_of(1);
    for (int round = 0; round < 300; ++round) {
        const auto path = lost.issue(KeyBranch::receiving);
        const KeyPath used = path ? *path : lost.next_unused(KeyBranch::receiving).value();
        if (path && random.chance(2, 3)) continue;
        const PublicKeyHash owner = owner_at(lost, used);
        EXPECT_TRUE(lost.mark_used(owner));
        EXPECT_TRUE(restored.mark_used(owner));
    }
    EXPECT_EQ(lost.keys()[0].used, restored.keys()[0].used);
    EXPECT_GT(lost.keys()[0].used, 100U);
}

TEST(Keyring, AnotherSeedDoesNotUnlockIt) {
    Keyring keyring = keyring_of(1);
    keyring.lock();
    EXPECT_EQ(error_of(keyring.unlock(secret_of(2).seed())), KeyringError::other_seed);
    EXPECT_FALSE(keyring.is_unlocked());
}

TEST(Keyring, AKeyPutAmongTheOthersIsFoundWhenItIsUnlocked) {
    const Keyring keyring = keyring_of(1);
    for (const std::size_t branch : {0U, 1U}) {
        AccountKeys keys = keyring.keys();
        keys[branch].keys.back() = keyring_of(2).public_key(receiving(0));
        Keyring altered{test_account, gap_limit_usual, keys};
        EXPECT_EQ(error_of(altered.unlock(secret_of(1).seed())), KeyringError::other_seed);
    }
}

TEST(Keyring, AccountsAndCoinTypesHaveNoKeyInCommon) {
    Keyring all{test_account};
    ASSERT_TRUE(all.unlock(secret_of(1).seed()));
    for (const KeyAccount account : {KeyAccount{1, 1}, KeyAccount{coin_type_of("bzt"), 0}}) {
        Keyring other{account};
        ASSERT_TRUE(other.unlock(secret_of(1).seed()));
        EXPECT_FALSE(all.path_of(owner_at(other, receiving(0))));
    }
}

TEST(Keyring, IsMadeOfSoundKeysOnly) {
    const Keyring keyring = keyring_of(1, 1);
    AccountKeys keys = keyring.keys();
    EXPECT_TRUE(is_sound(keys));
    keys[1].keys.push_back(keys[0].keys.front());
    EXPECT_FALSE(is_sound(keys));
    EXPECT_DEATH(Keyring(test_account, 20, keys), "sound keys");
    keys = keyring.keys();
    keys[0].used = static_cast<std::uint32_t>(keys[0].keys.size()) + 1;
    EXPECT_FALSE(is_sound(keys));
    keys = keyring.keys();
    keys[1].issued = static_cast<std::uint32_t>(keys[1].keys.size()) + 1;
    EXPECT_FALSE(is_sound(keys));
    EXPECT_DEATH(Keyring(test_account, 0), "gap limit");
    EXPECT_DEATH(Keyring(test_account, gap_limit_max + 1), "gap limit");
}

TEST(Keyring, EachErrorHasASentence) {
    for (const KeyringError error :
         {KeyringError::gap_limit, KeyringError::no_key_left, KeyringError::other_seed}) {
        EXPECT_FALSE(to_text(error).empty());
    }
}

}  // namespace
}  // namespace bezant::wallet
