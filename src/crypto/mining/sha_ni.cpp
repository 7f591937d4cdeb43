// SPDX-License-Identifier: Apache-2.0
#if defined(__x86_64__)

#include <immintrin.h>

#include <array>
#include <utility>

#include "crypto/mining/kernels.hpp"
#include "crypto/mining/sha256_words.hpp"

#define BEZANT_KERNEL_TARGET [[gnu::target("sha,sse4.1")]]
#define BEZANT_KERNEL_INLINE BEZANT_KERNEL_TARGET [[gnu::always_inline]] inline

namespace bezant::mining {

namespace {

/// Four words of SHA-256, the first in the lowest lane.
using Quad [[gnu::vector_size(16)]] = std::uint32_t;

/// One hash's state in the order that the instructions want (lowest lane last in the name), and its
/// schedule.
struct Hasher {
    Quad abef;
    Quad cdgh;
    std::array<Quad, 4> schedule;
};

/// Side by side: each pair of rounds waits for the pair before it, and the other hash's rounds fill
/// the wait. A third hash brings nothing more.
using Hashers = std::array<Hasher, sha_ni_lanes>;

BEZANT_KERNEL_INLINE Quad abef_of(const State& state) {
    return Quad{state[5], state[4], state[1], state[0]};
}
BEZANT_KERNEL_INLINE Quad cdgh_of(const State& state) {
    return Quad{state[7], state[6], state[3], state[2]};
}

/// Two rounds: the new abef. What was abef is the new cdgh.
BEZANT_KERNEL_INLINE Quad two_rounds(Quad cdgh, Quad abef, Quad input) {
    return reinterpret_cast<Quad>(_mm_sha256rnds2_epu32(reinterpret_cast<__m128i>(cdgh),
                                                        reinterpret_cast<__m128i>(abef),
                                                        reinterpret_cast<__m128i>(input)));
}

/// The next four words of the schedule, in place of the oldest four.
template <unsigned group>
BEZANT_KERNEL_INLINE void extend_schedule(std::array<Quad, 4>& schedule) {
    const Quad newest = schedule[(group + 3) % 4];
    const Quad seven_back = __builtin_shufflevector(schedule[(group + 2) % 4], newest, 1, 2, 3, 4);
    const auto sum = reinterpret_cast<Quad>(
        _mm_sha256msg1_epu32(reinterpret_cast<__m128i>(schedule[group % 4]),
                             reinterpret_cast<__m128i>(schedule[(group + 1) % 4])));
    schedule[group % 4] = reinterpret_cast<Quad>(_mm_sha256msg2_epu32(
        reinterpret_cast<__m128i>(sum + seven_back), reinterpret_cast<__m128i>(newest)));
}

/// Rounds 4 * group to 4 * group + 3 of all hashes.
template <unsigned group>
BEZANT_KERNEL_INLINE void do_group(Hashers& hashers) {
    constexpr std::size_t first = std::size_t{4} * group;
    constexpr Quad constants = {round_constants[first], round_constants[first + 1],
                                round_constants[first + 2], round_constants[first + 3]};
    if constexpr (group >= 4) {
        for (Hasher& hasher : hashers) extend_schedule<group>(hasher.schedule);
    }
    for (Hasher& hasher : hashers) {
        const Quad input = hasher.schedule[group % 4] + constants;
        const Quad upper_half = __builtin_shufflevector(input, input, 2, 3, 2, 3);
        hasher.cdgh = two_rounds(hasher.cdgh, hasher.abef, input);
        hasher.abef = two_rounds(hasher.abef, hasher.cdgh, upper_half);
    }
}

template <unsigned... groups>
BEZANT_KERNEL_INLINE void do_groups(Hashers& hashers, std::integer_sequence<unsigned, groups...>) {
    (do_group<groups>(hashers), ...);
}

BEZANT_KERNEL_INLINE void hash_headers(Hashers& hashers, const MiningWork& work,
                                       std::uint32_t nonce) {
    const auto& tail = work.tail();
    for (Hasher& hasher : hashers) {
        hasher.abef = abef_of(work.midstate());
        hasher.cdgh = cdgh_of(work.midstate());
        hasher.schedule = {Quad{tail[0], tail[1], tail[2], swap_bytes(nonce++)}, Quad{padding_bit},
                           Quad{}, Quad{0, 0, 0, header_length_bits}};
    }
    do_groups(hashers, std::make_integer_sequence<unsigned, 16>{});
}

/// Takes the first hash's state as the second one's message.
BEZANT_KERNEL_INLINE void start_second_hash(Hasher& hasher, const State& midstate) {
    const Quad abef = hasher.abef + abef_of(midstate);
    const Quad cdgh = hasher.cdgh + cdgh_of(midstate);
    hasher.schedule = {__builtin_shufflevector(abef, cdgh, 3, 2, 7, 6),
                       __builtin_shufflevector(abef, cdgh, 1, 0, 5, 4), Quad{padding_bit},
                       Quad{0, 0, 0, hash_length_bits}};
    hasher.abef = abef_of(initial_state);
    hasher.cdgh = cdgh_of(initial_state);
}

}  // namespace

BEZANT_KERNEL_TARGET std::uint32_t sha_ni_candidates(const MiningWork& work, std::uint32_t nonce) {
    Hashers hashers;
    hash_headers(hashers, work, nonce);
    for (Hasher& hasher : hashers) start_second_hash(hasher, work.midstate());
    do_groups(hashers, std::make_integer_sequence<unsigned, 16>{});
    std::uint32_t candidates = 0;
    for (unsigned lane = 0; lane < sha_ni_lanes; ++lane) {
        const std::uint32_t h = hashers[lane].cdgh[0];
        const bool low_enough = swap_bytes(h + initial_state[7]) <= work.target_top();
        candidates |= static_cast<std::uint32_t>(low_enough) << lane;
    }
    return candidates;
}

}  // namespace bezant::mining

#endif
