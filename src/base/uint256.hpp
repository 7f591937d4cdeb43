// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>

#include "base/bytes.hpp"

namespace bezant {

/// An unsigned 256-bit integer: targets, work, and hashes seen as numbers. Arithmetic is modulo
/// 2^256 where an operator is used; the checked functions say when a result does not fit.
class Uint256 {
public:
    constexpr Uint256() = default;
    constexpr explicit Uint256(std::uint64_t low) : limbs_{low, 0, 0, 0} {}

    [[nodiscard]] static constexpr Uint256 max() {
        Uint256 result;
        result.limbs_.fill(UINT64_MAX);
        return result;
    }
    /// 2^exponent; exponent below 256.
    [[nodiscard]] static Uint256 power_of_two(unsigned exponent);

    /// The number whose least significant byte comes first, as Bitcoin reads a hash.
    [[nodiscard]] static Uint256 from_little_endian(std::span<const Byte, 32> bytes);
    [[nodiscard]] std::array<Byte, 32> to_little_endian() const;

    /// Number of bits up to the highest set one: 0 for zero, 256 at most.
    [[nodiscard]] unsigned bit_length() const;
    [[nodiscard]] constexpr std::uint64_t low64() const { return limbs_[0]; }
    [[nodiscard]] constexpr bool is_zero() const { return *this == Uint256{}; }

    friend Uint256 operator+(const Uint256& left, const Uint256& right);
    friend Uint256 operator-(const Uint256& left, const Uint256& right);
    friend Uint256 operator~(const Uint256& value);
    friend Uint256 operator<<(const Uint256& value, unsigned bits);
    friend Uint256 operator>>(const Uint256& value, unsigned bits);
    /// Quotient, rounded down; the divisor must not be zero.
    friend Uint256 operator/(const Uint256& dividend, const Uint256& divisor);
    /// The product with a 64-bit number, or nothing if it needs more than 256 bits.
    friend std::optional<Uint256> checked_multiply(const Uint256& value, std::uint64_t factor);
    /// The sum, or nothing if it needs more than 256 bits.
    friend std::optional<Uint256> checked_add(const Uint256& left, const Uint256& right);

    /// The nearest double: for people to read, never for a rule.
    [[nodiscard]] double to_double() const;

    friend constexpr bool operator==(const Uint256&, const Uint256&) = default;
    friend constexpr std::strong_ordering operator<=>(const Uint256& left, const Uint256& right) {
        for (std::size_t i = left.limbs_.size(); i-- > 0;) {
            if (left.limbs_[i] != right.limbs_[i]) return left.limbs_[i] <=> right.limbs_[i];
        }
        return std::strong_ordering::equal;
    }

private:
    std::array<std::uint64_t, 4> limbs_{};  // least significant first
};

}  // namespace bezant
