// SPDX-License-Identifier: Apache-2.0
#include "base/uint256.hpp"

#include <bit>
#include <cmath>

#include "base/check.hpp"

namespace bezant {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr unsigned limb_bits = 64;
constexpr std::size_t limb_bytes = 8;

}  // namespace

Uint256 Uint256::power_of_two(unsigned exponent) {
    CHECK(exponent < 256, "the power of two fits into 256 bits");
    return Uint256{1} << exponent;
}

Uint256 Uint256::from_little_endian(std::span<const Byte, 32> bytes) {
    Uint256 result;
    for (std::size_t i = bytes.size(); i-- > 0;) {
        std::uint64_t& limb = result.limbs_[i / limb_bytes];
        limb = (limb << 8U) | bytes[i];
    }
    return result;
}

std::array<Byte, 32> Uint256::to_little_endian() const {
    std::array<Byte, 32> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<Byte>(limbs_[i / limb_bytes] >> (8 * (i % limb_bytes)));
    }
    return bytes;
}

unsigned Uint256::bit_length() const {
    for (std::size_t i = limbs_.size(); i-- > 0;) {
        if (limbs_[i] == 0) continue;
        return static_cast<unsigned>(i) * limb_bits +
               static_cast<unsigned>(std::bit_width(limbs_[i]));
    }
    return 0;
}

Uint256 operator+(const Uint256& left, const Uint256& right) {
    Uint256 sum;
    Wide carry = 0;
    for (std::size_t i = 0; i < sum.limbs_.size(); ++i) {
        carry += static_cast<Wide>(left.limbs_[i]) + right.limbs_[i];
        sum.limbs_[i] = static_cast<std::uint64_t>(carry);
        carry >>= limb_bits;
    }
    return sum;
}

Uint256 operator-(const Uint256& left, const Uint256& right) { return left + ~right + Uint256{1}; }

Uint256 operator~(const Uint256& value) {
    Uint256 result;
    for (std::size_t i = 0; i < result.limbs_.size(); ++i) result.limbs_[i] = ~value.limbs_[i];
    return result;
}

Uint256 operator<<(const Uint256& value, unsigned bits) {
    Uint256 result;
    const std::size_t limbs = bits / limb_bits;
    const unsigned rest = bits % limb_bits;
    for (std::size_t i = limbs; i < result.limbs_.size(); ++i) {
        result.limbs_[i] = value.limbs_[i - limbs] << rest;
        if (rest != 0 && i > limbs) {
            result.limbs_[i] |= value.limbs_[i - limbs - 1] >> (limb_bits - rest);
        }
    }
    return result;
}

Uint256 operator>>(const Uint256& value, unsigned bits) {
    Uint256 result;
    const std::size_t limbs = bits / limb_bits;
    const unsigned rest = bits % limb_bits;
    for (std::size_t i = 0; i + limbs < result.limbs_.size(); ++i) {
        result.limbs_[i] = value.limbs_[i + limbs] >> rest;
        if (rest != 0 && i + limbs + 1 < result.limbs_.size()) {
            result.limbs_[i] |= value.limbs_[i + limbs + 1] << (limb_bits - rest);
        }
    }
    return result;
}

// Schoolbook division, bit by bit: one step for each bit that the quotient can have.
Uint256 operator/(const Uint256& dividend, const Uint256& divisor) {
    CHECK(!divisor.is_zero(), "nothing is divided by zero");
    Uint256 quotient;
    if (divisor > dividend) return quotient;
    Uint256 rest = dividend;
    const unsigned steps = dividend.bit_length() - divisor.bit_length();
    Uint256 part = divisor << steps;
    for (unsigned bit = steps + 1; bit-- > 0;) {
        if (rest >= part) {
            rest = rest - part;
            quotient.limbs_[bit / limb_bits] |= std::uint64_t{1} << (bit % limb_bits);
        }
        part = part >> 1;
    }
    return quotient;
}

std::optional<Uint256> checked_multiply(const Uint256& value, std::uint64_t factor) {
    Uint256 product;
    Wide carry = 0;
    for (std::size_t i = 0; i < product.limbs_.size(); ++i) {
        carry += static_cast<Wide>(value.limbs_[i]) * factor;
        product.limbs_[i] = static_cast<std::uint64_t>(carry);
        carry >>= limb_bits;
    }
    if (carry != 0) return std::nullopt;
    return product;
}

std::optional<Uint256> checked_add(const Uint256& left, const Uint256& right) {
    const Uint256 sum = left + right;
    if (sum < left) return std::nullopt;
    return sum;
}

// The conversion of 64 bits rounds to nearest; a set bit that was cut off is kept in the lowest of
// them, where it can only break a tie.
double Uint256::to_double() const {
    const unsigned length = bit_length();
    if (length <= limb_bits) return static_cast<double>(low64());
    const unsigned cut = length - limb_bits;
    const Uint256 top = *this >> cut;
    const bool lost = (top << cut) != *this;
    return std::ldexp(static_cast<double>(top.low64() | (lost ? 1U : 0U)), static_cast<int>(cut));
}

}  // namespace bezant
