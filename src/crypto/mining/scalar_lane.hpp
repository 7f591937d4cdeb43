// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>

#define BEZANT_KERNEL_TARGET
#include "crypto/mining/lane_rounds.hpp"

namespace bezant::mining {

/// One nonce at a time, on any processor (FIPS 180-4, section 4.1.2).
struct ScalarLane {
    using Word = std::uint32_t;

    static Word broadcast(std::uint32_t value) { return value; }
    template <int bits>
    static Word rotate(Word x) {
        return std::rotr(x, bits);
    }
    static Word parity(Word x, Word y, Word z) { return x ^ y ^ z; }
    static Word choose(Word x, Word y, Word z) { return z ^ (x & (y ^ z)); }
    static Word majority(Word x, Word y, Word z) { return y ^ ((x ^ y) & (y ^ z)); }
};

}  // namespace bezant::mining
