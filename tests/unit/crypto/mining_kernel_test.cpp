// SPDX-License-Identifier: Apache-2.0
#include "crypto/mining_kernel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/hex.hpp"
#include "base/random.hpp"
#include "base/uint256.hpp"
#include "crypto/hash.hpp"
#include "tests/seeds.hpp"

namespace bezant {
namespace {

constexpr std::uint64_t all_nonces = std::uint64_t{1} << 32U;

Hash256 hash_with_nonce(HeaderBytes header, std::uint32_t nonce) {
    for (unsigned i = 0; i < 4; ++i) header[76 + i] = static_cast<Byte>(nonce >> (8 * i));
    return double_sha256(header);
}

/// The obvious twin: one nonce after the other, all bytes compared from the most significant down.
std::optional<std::uint32_t> search_slowly(const HeaderBytes& header, const Uint256& target,
                                           std::uint32_t first, std::uint64_t count) {
    const auto limit = target.to_little_endian();
    for (std::uint64_t nonce = first; nonce < all_nonces && nonce - first < count; ++nonce) {
        const Hash256 hash = hash_with_nonce(header, static_cast<std::uint32_t>(nonce));
        std::size_t i = 31;
        while (i > 0 && hash.bytes[i] == limit[i]) --i;
        if (hash.bytes[i] <= limit[i]) return static_cast<std::uint32_t>(nonce);
    }
    return std::nullopt;
}

template <std::size_t size>
std::array<Byte, size> random_bytes(Random& random) {
    std::array<Byte, size> bytes;
    for (Byte& byte : bytes) byte = static_cast<Byte>(random.below(256));
    return bytes;
}

/// A target that about one hash in `one_in` meets, with all lower bits random.
Uint256 random_target(Random& random, std::uint32_t one_in) {
    auto target = random_bytes<32>(random);
    const std::uint32_t top = UINT32_MAX / one_in;
    for (unsigned i = 0; i < 4; ++i) target[28 + i] = static_cast<Byte>(top >> (8 * i));
    return Uint256::from_little_endian(target);
}

/// The target that a header with this nonce just meets.
Uint256 target_of(const HeaderBytes& header, std::uint32_t nonce) {
    return Uint256::from_little_endian(hash_with_nonce(header, nonce).bytes);
}

class EachKernel : public testing::TestWithParam<Kernel> {
protected:
    std::optional<std::uint32_t> search(const HeaderBytes& header, const Uint256& target,
                                        std::uint32_t first, std::uint64_t count) const {
        return search_nonces(MiningWork{header, target}, first, count, GetParam());
    }
};

INSTANTIATE_TEST_SUITE_P(Mining, EachKernel,
                         testing::ValuesIn(available_kernels().begin(), available_kernels().end()),
                         [](const auto& kernel) { return std::string{to_text(kernel.param)}; });

// Bitcoin's genesis block of 3 January 2009: its header, and its target of difficulty 1.
HeaderBytes genesis_header() {
    struct HeaderTag;
    return fixed_from_hex<FixedBytes<HeaderTag, 80>>(
               "01000000"
               "0000000000000000000000000000000000000000000000000000000000000000"
               "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a"
               "29ab5f49ffff001d1dac2b7c")
        .value()
        .bytes;
}

constexpr std::uint32_t genesis_nonce = 2083236893;

const Uint256 difficulty_one = Uint256{0xffff} << 208U;

TEST_P(EachKernel, FindsTheNonceOfBitcoinsGenesisBlock) {
    EXPECT_EQ(search(genesis_header(), difficulty_one, genesis_nonce - 2001, 4000), genesis_nonce);
    EXPECT_EQ(search(genesis_header(), difficulty_one, genesis_nonce, 1), genesis_nonce);
    EXPECT_EQ(search(genesis_header(), difficulty_one, genesis_nonce + 1, 1000), std::nullopt);
    EXPECT_EQ(search(genesis_header(), difficulty_one, genesis_nonce - 1000, 1000), std::nullopt);
    EXPECT_EQ(to_hex_reversed(hash_with_nonce(genesis_header(), genesis_nonce).view()),
              "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
}

TEST_P(EachKernel, FindsWhatTheObviousSearchFinds) {
    Random random{51};
    for (std::uint64_t round = 0; round < test::seeds_to_try(500); ++round) {
        const auto header = random_bytes<80>(random);
        const auto target =
            random_target(random, 1 + static_cast<std::uint32_t>(random.below(200)));
        const auto first = static_cast<std::uint32_t>(random.next());
        const std::uint64_t count = random.below(150);
        ASSERT_EQ(search(header, target, first, count), search_slowly(header, target, first, count))
            << "round " << round;
    }
}

// The target is some nonce's own hash, or one below it: all 256 bits decide.
TEST_P(EachKernel, ComparesAllBits) {
    Random random{52};
    for (std::uint64_t round = 0; round < test::seeds_to_try(200); ++round) {
        const auto header = random_bytes<80>(random);
        const auto nonce = static_cast<std::uint32_t>(random.next());
        const Uint256 target = target_of(header, nonce);
        ASSERT_EQ(search(header, target, nonce, 1), nonce);
        ASSERT_EQ(search(header, target - Uint256{1}, nonce, 1), std::nullopt);
    }
}

TEST_P(EachKernel, FindsTheOnlySolutionAtEveryPlaceOfARange) {
    Random random{53};
    const auto header = random_bytes<80>(random);
    constexpr std::uint32_t first = 1'000'000;
    constexpr std::uint32_t width = 40;
    std::uint32_t best = first;
    for (std::uint32_t nonce = first; nonce < first + width; ++nonce) {
        if (target_of(header, nonce) < target_of(header, best)) best = nonce;
    }
    const Uint256 target = target_of(header, best);
    for (std::uint32_t begin = first; begin <= best; ++begin) {
        ASSERT_EQ(search(header, target, begin, best - begin), std::nullopt);
        for (std::uint32_t end = best + 1; end <= first + width; ++end)
            ASSERT_EQ(search(header, target, begin, end - begin), best);
    }
}

TEST_P(EachKernel, EveryNonceSolvesTheHighestTargetAndTheFirstIsTaken) {
    for (const std::uint32_t first : {0U, 1U, 4242U, UINT32_MAX - 1, UINT32_MAX})
        EXPECT_EQ(search(HeaderBytes{}, Uint256::max(), first, all_nonces), first);
    EXPECT_EQ(search(HeaderBytes{}, Uint256::max(), 7, 0), std::nullopt);
}

TEST_P(EachKernel, StopsAtTheLastNonceAndDoesNotWrapAround) {
    Random random{54};
    for (std::uint64_t round = 0; round < test::seeds_to_try(100); ++round) {
        const auto header = random_bytes<80>(random);
        const auto target = random_target(random, 40);
        const std::uint32_t first = UINT32_MAX - static_cast<std::uint32_t>(random.below(60));
        for (const std::uint64_t count : {std::uint64_t{61}, all_nonces, UINT64_MAX})
            ASSERT_EQ(search(header, target, first, count),
                      search_slowly(header, target, first, count));
    }
}

// The header's own nonce is only where the found one will go.
TEST_P(EachKernel, IgnoresTheNonceInTheHeader) {
    HeaderBytes header = genesis_header();
    std::fill(header.begin() + 76, header.end(), Byte{0});
    EXPECT_EQ(search(header, difficulty_one, genesis_nonce - 3, 10), genesis_nonce);
}

TEST(MiningWork, IsSolvedExactlyUpToTheTarget) {
    const Uint256 target = target_of(genesis_header(), genesis_nonce);
    EXPECT_TRUE((MiningWork{genesis_header(), target}.is_solved_by(genesis_nonce)));
    EXPECT_FALSE((MiningWork{genesis_header(), target - Uint256{1}}.is_solved_by(genesis_nonce)));
    EXPECT_TRUE((MiningWork{genesis_header(), difficulty_one}.is_solved_by(genesis_nonce)));
    EXPECT_FALSE((MiningWork{genesis_header(), difficulty_one}.is_solved_by(genesis_nonce + 1)));
}

TEST(Mining, TheScalarKernelIsAlwaysThereAndTheFastestIsAvailable) {
    EXPECT_EQ(available_kernels().front(), Kernel::scalar);
    EXPECT_NE(std::ranges::find(available_kernels(), fastest_kernel()), available_kernels().end());
}

}  // namespace
}  // namespace bezant
