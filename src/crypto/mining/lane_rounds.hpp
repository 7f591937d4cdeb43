// SPDX-License-Identifier: Apache-2.0
#pragma once

// SHA-256's rounds over a word that holds one nonce's value or those of several nonces side by
// side. A kernel file defines BEZANT_KERNEL_TARGET, the attribute of every function that may use
// its processor's instructions, before it includes this. (Compiling whole files for a processor
// instead would let the linker pick their copies of shared inline functions for all of the
// program.)
#ifndef BEZANT_KERNEL_TARGET
#error "define BEZANT_KERNEL_TARGET first"
#endif
#define BEZANT_KERNEL_INLINE BEZANT_KERNEL_TARGET [[gnu::always_inline]] inline

#include <array>
#include <utility>

#include "crypto/mining/sha256_words.hpp"
#include "crypto/mining_kernel.hpp"

namespace bezant::mining {

// Each kernel's own: with another target, the same code is another function.
namespace {

/// Lanes has the word and the operations that processors differ in: Word, and for words x, y, z the
/// functions rotate<n>(x) to the right, parity (x ^ y ^ z), choose (x ? y : z, bit by bit) and
/// majority.
template <class Lanes>
struct LaneRounds {
    using Word = typename Lanes::Word;

    std::array<Word, 8> state;
    std::array<Word, 16> schedule;

    BEZANT_KERNEL_INLINE void set_state(const State& words) {
        for (unsigned i = 0; i < 8; ++i) state[i] = Lanes::broadcast(words[i]);
    }

    template <unsigned round>
    BEZANT_KERNEL_INLINE void extend_schedule() {
        const Word old = schedule[(round + 1) % 16];
        const Word recent = schedule[(round + 14) % 16];
        const Word sigma0 = Lanes::parity(Lanes::template rotate<7>(old),
                                          Lanes::template rotate<18>(old), old >> 3U);
        const Word sigma1 = Lanes::parity(Lanes::template rotate<17>(recent),
                                          Lanes::template rotate<19>(recent), recent >> 10U);
        schedule[round % 16] += sigma0 + schedule[(round + 9) % 16] + sigma1;
    }

    /// One round. The words stay where they are and their names move on by one.
    template <unsigned round>
    BEZANT_KERNEL_INLINE void do_round() {
        if constexpr (round >= 16) extend_schedule<round>();
        constexpr auto place = [](unsigned letter) { return (letter + 64 - round) % 8; };
        const Word a = state[place(0)];
        const Word e = state[place(4)];
        const Word sum1 = Lanes::parity(Lanes::template rotate<6>(e), Lanes::template rotate<11>(e),
                                        Lanes::template rotate<25>(e));
        const Word sum0 = Lanes::parity(Lanes::template rotate<2>(a), Lanes::template rotate<13>(a),
                                        Lanes::template rotate<22>(a));
        const Word choice = Lanes::choose(e, state[place(5)], state[place(6)]);
        const Word majority = Lanes::majority(a, state[place(1)], state[place(2)]);
        Word& h = state[place(7)];
        h += schedule[round % 16] + round_constants[round] + sum1 + choice;
        state[place(3)] += h;
        h += sum0 + majority;
    }

    template <unsigned first, unsigned... offsets>
    BEZANT_KERNEL_INLINE void do_each(std::integer_sequence<unsigned, offsets...>) {
        (do_round<first + offsets>(), ...);
    }

    /// Rounds first to end - 1.
    template <unsigned first, unsigned end>
    BEZANT_KERNEL_INLINE void do_rounds() {
        do_each<first>(std::make_integer_sequence<unsigned, end - first>{});
    }
};

/// The last word of the double hash of work's header with these nonces (as SHA-256 reads them), its
/// most significant 32 bits once its bytes are swapped. Three rounds of the first hash are done
/// already; of the second hash the last three only move this word from e to h.
template <class Lanes>
BEZANT_KERNEL_INLINE typename Lanes::Word last_hash_word(const MiningWork& work,
                                                         typename Lanes::Word nonces) {
    LaneRounds<Lanes> inner{};
    inner.set_state(work.state_before_nonce());
    for (unsigned i = 0; i < 3; ++i) inner.schedule[i] = Lanes::broadcast(work.tail()[i]);
    inner.schedule[3] = nonces;
    inner.schedule[4] = Lanes::broadcast(padding_bit);
    for (unsigned i = 5; i < 15; ++i) inner.schedule[i] = Lanes::broadcast(0);
    inner.schedule[15] = Lanes::broadcast(header_length_bits);
    inner.template do_rounds<3, 64>();

    LaneRounds<Lanes> outer{};
    outer.set_state(initial_state);
    for (unsigned i = 0; i < 8; ++i) outer.schedule[i] = inner.state[i] + work.midstate()[i];
    outer.schedule[8] = Lanes::broadcast(padding_bit);
    for (unsigned i = 9; i < 15; ++i) outer.schedule[i] = Lanes::broadcast(0);
    outer.schedule[15] = Lanes::broadcast(hash_length_bits);
    outer.template do_rounds<0, 61>();
    return outer.state[(4 + 64 - 61) % 8] + initial_state[7];
}

}  // namespace

}  // namespace bezant::mining
