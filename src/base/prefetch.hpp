// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>

namespace bezant {

inline constexpr std::size_t cache_line_bytes = 64;

/// Lets the memory where this object lies come into the processor's cache while something else is
/// done: it will be looked at soon. Only a hint; the object may be one that is there no longer.
/// `bytes_max` is for those of which only the beginning is looked at.
template <class Object>
void prefetch(const Object* object, std::size_t bytes_max = sizeof(Object)) {
    const auto* first = reinterpret_cast<const std::byte*>(object);
    const std::size_t bytes = std::min(bytes_max, sizeof(Object));
    for (std::size_t at = 0; at < bytes; at += cache_line_bytes) __builtin_prefetch(first + at);
    constexpr bool lies_in_one_line = sizeof(Object) <= alignof(Object);
    if (!lies_in_one_line) __builtin_prefetch(first + bytes - 1);
}

}  // namespace bezant
