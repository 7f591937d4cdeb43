// SPDX-License-Identifier: Apache-2.0
#include "crypto/secret.hpp"

#include <gtest/gtest.h>

#include <new>

namespace bezant {
namespace {

TEST(Secret, IsWipedAtItsEnd) {
    using Secret = SecretBytes<32>;
    alignas(Secret) std::array<Byte, sizeof(Secret)> storage;
    auto* secret = new (storage.data()) Secret;
    std::ranges::fill(secret->writable(), Byte{0x5a});
    const Secret copy = *secret;
    ASSERT_EQ(storage[7], 0x5a);
    secret->~Secret();
    for (const Byte byte : storage) ASSERT_EQ(byte, 0);
    ASSERT_EQ(copy.view()[7], 0x5a);
}

}  // namespace
}  // namespace bezant
