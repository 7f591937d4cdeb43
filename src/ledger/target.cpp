// SPDX-License-Identifier: Apache-2.0
#include "ledger/target.hpp"

#include "base/check.hpp"

namespace bezant {

namespace {

constexpr std::uint32_t mantissa_bytes = 3;
constexpr std::uint32_t mantissa_mask = 0x007fffff;
constexpr std::uint32_t sign_bit = 0x00800000;

}  // namespace

std::optional<Uint256> target_from_compact(CompactTarget compact) {
    const std::uint32_t exponent = compact.value >> 24U;
    const Uint256 mantissa{compact.value & mantissa_mask};
    if (mantissa.is_zero() || (compact.value & sign_bit) != 0) return std::nullopt;
    Uint256 target;
    if (exponent <= mantissa_bytes) {
        target = mantissa >> (8 * (mantissa_bytes - exponent));
    } else {
        const unsigned shift = 8 * (exponent - mantissa_bytes);
        if (mantissa.bit_length() + shift > 256) return std::nullopt;
        target = mantissa << shift;
    }
    if (target.is_zero() || compact_from_target(target) != compact) return std::nullopt;
    return target;
}

CompactTarget compact_from_target(const Uint256& target) {
    CHECK(!target.is_zero(), "a target is not zero");
    std::uint32_t exponent = (target.bit_length() + 7) / 8;
    std::uint64_t mantissa = exponent <= mantissa_bytes
                                 ? target.low64() << (8 * (mantissa_bytes - exponent))
                                 : (target >> (8 * (exponent - mantissa_bytes))).low64();
    if ((mantissa & sign_bit) != 0) {
        mantissa >>= 8U;
        ++exponent;
    }
    return CompactTarget{static_cast<std::uint32_t>(mantissa) | exponent << 24U};
}

// 2^256 does not fit into 256 bits, but 2^256 / (t + 1) = (2^256 - (t + 1)) / (t + 1) + 1, and
// 2^256 - (t + 1) is ~t.
Uint256 work_of_target(const Uint256& target) {
    if (target == Uint256::max()) return Uint256{1};
    return ~target / (target + Uint256{1}) + Uint256{1};
}

bool meets_target(const BlockHash& hash, const Uint256& target) {
    return Uint256::from_little_endian(hash.bytes) <= target;
}

}  // namespace bezant
