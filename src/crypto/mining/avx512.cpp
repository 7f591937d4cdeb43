// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)

#include <immintrin.h>

#include "crypto/mining/kernels.hpp"

#define BEZANT_KERNEL_TARGET [[gnu::target("avx512f")]]
#include "crypto/mining/lane_rounds.hpp"

namespace bezant::mining {

namespace {

/// AVX-512 rotates, and computes any function of three bits, in one instruction each; the
/// function's table is the number in it.
struct Avx512Lanes {
    using Word [[gnu::vector_size(64)]] = std::uint32_t;

    BEZANT_KERNEL_INLINE static Word broadcast(std::uint32_t value) { return Word{} + value; }
    template <unsigned bits>
    BEZANT_KERNEL_INLINE static Word rotate(Word x) {
        return x >> bits | x << (32 - bits);
    }
    template <int table>
    BEZANT_KERNEL_INLINE static Word combine(Word x, Word y, Word z) {
        return reinterpret_cast<Word>(
            _mm512_ternarylogic_epi32(reinterpret_cast<__m512i>(x), reinterpret_cast<__m512i>(y),
                                      reinterpret_cast<__m512i>(z), table));
    }
    BEZANT_KERNEL_INLINE static Word parity(Word x, Word y, Word z) {
        return combine<0x96>(x, y, z);
    }
    BEZANT_KERNEL_INLINE static Word choose(Word x, Word y, Word z) {
        return combine<0xca>(x, y, z);
    }
    BEZANT_KERNEL_INLINE static Word majority(Word x, Word y, Word z) {
        return combine<0xe8>(x, y, z);
    }
    BEZANT_KERNEL_INLINE static Word swap_bytes(Word x) {
        return combine<0xca>(broadcast(0xff00ff00U), rotate<8>(x), rotate<24>(x));
    }
};

}  // namespace

BEZANT_KERNEL_TARGET std::uint32_t avx512_candidates(const MiningWork& work, std::uint32_t nonce) {
    using Word = Avx512Lanes::Word;
    const Word nonces = Word{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15} + nonce;
    const Word last = last_hash_word<Avx512Lanes>(work, Avx512Lanes::swap_bytes(nonces));
    return _mm512_cmple_epu32_mask(
        reinterpret_cast<__m512i>(Avx512Lanes::swap_bytes(last)),
        reinterpret_cast<__m512i>(Avx512Lanes::broadcast(work.target_top())));
}

}  // namespace bezant::mining

#endif
