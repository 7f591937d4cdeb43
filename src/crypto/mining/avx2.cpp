// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)

#include <immintrin.h>

#include "crypto/mining/kernels.hpp"

#define BEZANT_KERNEL_TARGET [[gnu::target("avx2")]]
#include "crypto/mining/lane_rounds.hpp"

namespace bezant::mining {

namespace {

struct Avx2Lanes {
    using Word [[gnu::vector_size(32)]] = std::uint32_t;

    BEZANT_KERNEL_INLINE static Word broadcast(std::uint32_t value) { return Word{} + value; }
    template <unsigned bits>
    BEZANT_KERNEL_INLINE static Word rotate(Word x) {
        return x >> bits | x << (32 - bits);
    }
    BEZANT_KERNEL_INLINE static Word parity(Word x, Word y, Word z) { return x ^ y ^ z; }
    BEZANT_KERNEL_INLINE static Word choose(Word x, Word y, Word z) { return z ^ (x & (y ^ z)); }
    BEZANT_KERNEL_INLINE static Word majority(Word x, Word y, Word z) {
        return y ^ ((x ^ y) & (y ^ z));
    }
    BEZANT_KERNEL_INLINE static Word swap_bytes(Word x) {
        return (rotate<8>(x) & 0xff00ff00U) | (rotate<24>(x) & 0x00ff00ffU);
    }
};

}  // namespace

BEZANT_KERNEL_TARGET std::uint32_t avx2_candidates(const MiningWork& work, std::uint32_t nonce) {
    using Word = Avx2Lanes::Word;
    const Word nonces = Word{0, 1, 2, 3, 4, 5, 6, 7} + nonce;
    const Word last = last_hash_word<Avx2Lanes>(work, Avx2Lanes::swap_bytes(nonces));
    const auto low_enough = Avx2Lanes::swap_bytes(last) <= work.target_top();
    return static_cast<std::uint32_t>(_mm256_movemask_ps(reinterpret_cast<__m256>(low_enough)));
}

}  // namespace bezant::mining

#endif
