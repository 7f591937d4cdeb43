// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace bezant {

/// An integer whose meaning is in its type. It can be compared with its own kind and made only on
/// purpose; arithmetic is given to each kind by hand, where it has a meaning.
template <class Tag, class Representation>
struct StrongInteger {
    using representation = Representation;

    Representation value{};

    constexpr StrongInteger() = default;
    constexpr explicit StrongInteger(Representation initial) : value(initial) {}

    friend constexpr auto operator<=>(const StrongInteger&, const StrongInteger&) = default;
};

/// Number of blocks between a block and the genesis block, which has height 0.
struct HeightTag;
using Height = StrongInteger<HeightTag, std::uint32_t>;

constexpr Height next(Height height) { return Height{height.value + 1}; }

}  // namespace bezant
