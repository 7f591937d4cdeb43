// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)

#include <immintrin.h>

#include <utility>

#include "crypto/mining/kernels.hpp"
#include "crypto/mining/sha256_words.hpp"

#define BEZANT_KERNEL_TARGET [[gnu::target("sha,sse4.1")]]
#define BEZANT_KERNEL_INLINE BEZANT_KERNEL_TARGET [[gnu::always_inline]] inline

namespace bezant::mining {

namespace {

/// Two hashes side by side: one instruction does two rounds but takes as long as two of them take
/// to start, so the other hash fills the wait.
constexpr unsigned lanes = sha_ni_lanes;

/// One hash's state as the instructions want it, and its schedule, four words a vector.
struct Hasher {
    __m128i abef;
    __m128i cdgh;
    __m128i schedule[4];
};

BEZANT_KERNEL_INLINE __m128i four_words(std::uint32_t w0, std::uint32_t w1, std::uint32_t w2,
                                        std::uint32_t w3) {
    return _mm_set_epi32(static_cast<int>(w3), static_cast<int>(w2), static_cast<int>(w1),
                         static_cast<int>(w0));
}

BEZANT_KERNEL_INLINE __m128i abef_of(const State& s) { return four_words(s[5], s[4], s[1], s[0]); }
BEZANT_KERNEL_INLINE __m128i cdgh_of(const State& s) { return four_words(s[7], s[6], s[3], s[2]); }

/// The next four words of the schedule, in place of the oldest four.
template <unsigned group>
BEZANT_KERNEL_INLINE void extend_schedule(Hasher& hasher) {
    __m128i& oldest = hasher.schedule[group % 4];
    const __m128i newest = hasher.schedule[(group + 3) % 4];
    const __m128i seven_back = _mm_alignr_epi8(newest, hasher.schedule[(group + 2) % 4], 4);
    oldest = _mm_sha256msg1_epu32(oldest, hasher.schedule[(group + 1) % 4]);
    oldest = _mm_sha256msg2_epu32(_mm_add_epi32(oldest, seven_back), newest);
}

/// Rounds 4 * group to 4 * group + 3, for both hashes in turn.
template <unsigned group>
BEZANT_KERNEL_INLINE void do_group(Hasher (&hashers)[lanes]) {
    constexpr const std::uint32_t* k = &round_constants[4 * group];
    for (Hasher& hasher : hashers) {
        if constexpr (group >= 4) extend_schedule<group>(hasher);
    }
    for (Hasher& hasher : hashers) {
        const __m128i input =
            _mm_add_epi32(hasher.schedule[group % 4], four_words(k[0], k[1], k[2], k[3]));
        hasher.cdgh = _mm_sha256rnds2_epu32(hasher.cdgh, hasher.abef, input);
        hasher.abef = _mm_sha256rnds2_epu32(hasher.abef, hasher.cdgh, _mm_srli_si128(input, 8));
    }
}

template <unsigned... groups>
BEZANT_KERNEL_INLINE void do_groups(Hasher (&hashers)[lanes],
                                    std::integer_sequence<unsigned, groups...>) {
    (do_group<groups>(hashers), ...);
}

BEZANT_KERNEL_INLINE void hash_headers(Hasher (&hashers)[lanes], const MiningWork& work,
                                       std::uint32_t nonce) {
    for (Hasher& hasher : hashers) {
        hasher.abef = abef_of(work.midstate());
        hasher.cdgh = cdgh_of(work.midstate());
        hasher.schedule[0] =
            four_words(work.tail()[0], work.tail()[1], work.tail()[2], swap_bytes(nonce++));
        hasher.schedule[1] = four_words(padding_bit, 0, 0, 0);
        hasher.schedule[2] = four_words(0, 0, 0, 0);
        hasher.schedule[3] = four_words(0, 0, 0, header_length_bits);
    }
    do_groups(hashers, std::make_integer_sequence<unsigned, 16>{});
}

/// Takes the first hash's state as the second one's message.
BEZANT_KERNEL_INLINE void start_second_hash(Hasher& hasher, const State& midstate) {
    const __m128i abef = _mm_add_epi32(hasher.abef, abef_of(midstate));
    const __m128i cdgh = _mm_add_epi32(hasher.cdgh, cdgh_of(midstate));
    const __m128i first_half = _mm_unpackhi_epi64(cdgh, abef);
    const __m128i second_half = _mm_unpacklo_epi64(cdgh, abef);
    hasher.schedule[0] = _mm_shuffle_epi32(first_half, _MM_SHUFFLE(0, 1, 2, 3));
    hasher.schedule[1] = _mm_shuffle_epi32(second_half, _MM_SHUFFLE(0, 1, 2, 3));
    hasher.schedule[2] = four_words(padding_bit, 0, 0, 0);
    hasher.schedule[3] = four_words(0, 0, 0, hash_length_bits);
    hasher.abef = abef_of(initial_state);
    hasher.cdgh = cdgh_of(initial_state);
}

}  // namespace

BEZANT_KERNEL_TARGET std::uint32_t sha_ni_candidates(const MiningWork& work, std::uint32_t nonce) {
    Hasher hashers[lanes];
    hash_headers(hashers, work, nonce);
    for (Hasher& hasher : hashers) start_second_hash(hasher, work.midstate());
    do_groups(hashers, std::make_integer_sequence<unsigned, 16>{});
    std::uint32_t candidates = 0;
    for (unsigned lane = 0; lane < lanes; ++lane) {
        const auto h = static_cast<std::uint32_t>(_mm_cvtsi128_si32(hashers[lane].cdgh));
        const bool low_enough = swap_bytes(h + initial_state[7]) <= work.target_top();
        candidates |= static_cast<std::uint32_t>(low_enough) << lane;
    }
    return candidates;
}

}  // namespace bezant::mining

#endif
