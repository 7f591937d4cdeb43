// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace bezant {

using Byte = std::uint8_t;
using Bytes = std::vector<Byte>;
using ByteView = std::span<const Byte>;

/// The bytes of a text, not copied: the text must outlive the view.
inline ByteView as_bytes(std::string_view text) {
    return {reinterpret_cast<const Byte*>(text.data()), text.size()};
}

/// N bytes whose meaning is named by Tag, so that a block's hash is never taken for a
/// transaction's. Ordered as byte strings; all zero when made without a value.
template <class Tag, std::size_t N>
struct FixedBytes {
    static constexpr std::size_t size_bytes = N;

    std::array<Byte, N> bytes{};

    [[nodiscard]] static constexpr std::size_t size() { return N; }
    [[nodiscard]] constexpr const Byte* data() const { return bytes.data(); }
    [[nodiscard]] constexpr Byte* data() { return bytes.data(); }
    [[nodiscard]] constexpr ByteView view() const { return {bytes.data(), N}; }

    [[nodiscard]] constexpr bool is_zero() const {
        return std::ranges::all_of(bytes, [](Byte byte) { return byte == 0; });
    }

    /// Takes exactly N bytes; the caller has checked the length.
    [[nodiscard]] static FixedBytes from(std::span<const Byte, N> source) {
        FixedBytes result;
        std::ranges::copy(source, result.bytes.begin());
        return result;
    }

    friend constexpr auto operator<=>(const FixedBytes&, const FixedBytes&) = default;
};

/// Hashes 32-byte digests for hash tables by their first eight bytes. Only for values that are
/// themselves the output of a cryptographic hash; a table whose keys a stranger may choose freely
/// mixes in a secret of its own.
struct DigestHasher {
    using is_avalanching = void;

    template <class Tag, std::size_t N>
    std::size_t operator()(const FixedBytes<Tag, N>& value) const noexcept {
        static_assert(N >= sizeof(std::size_t));
        std::size_t result = 0;
        std::memcpy(&result, value.data(), sizeof(result));
        return result;
    }
};

}  // namespace bezant
