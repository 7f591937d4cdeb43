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

/// Looks at what comes back to it.
template <class T>
struct WatchingSource {
    using value_type = T;
    static inline std::size_t returned = 0;
    static inline std::size_t unwiped = 0;

    T* allocate(std::size_t count) { return std::allocator<T>{}.allocate(count); }
    void deallocate(T* memory, std::size_t count) {
        ++returned;
        for (std::size_t i = 0; i < count; ++i) unwiped += memory[i] == 0 ? 0 : 1;
        std::allocator<T>{}.deallocate(memory, count);
    }
    friend bool operator==(const WatchingSource&, const WatchingSource&) = default;
};

TEST(Secret, ABufferThatGrowsLeavesNothingBehind) {
    using Source = WatchingSource<Byte>;
    {
        std::vector<Byte, WipingAllocator<Byte, Source>> buffer;
        for (std::size_t i = 0; i < 1000; ++i) buffer.push_back(0x5a);
        auto copy = buffer;
        buffer = std::move(copy);
    }
    EXPECT_GT(Source::returned, 5U);
    EXPECT_EQ(Source::unwiped, 0U);
}

}  // namespace
}  // namespace bezant
