// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/random.hpp"

namespace bezant {

/// What a Mixer came to.
struct MixTag;
using Mix = FixedBytes<MixTag, 16>;

/// A running 128-bit hash of integers: fast, the same on every machine, and not made against
/// forgers. Two lanes of SplitMix64's mixer that feed each other (docs/formats.md, "Mix").
class Mixer {
public:
    void word(std::uint64_t value) {
        low_ = mix_bits(low_ ^ value) + golden_gamma;
        high_ = mix_bits(high_ + std::rotl(value, 32) + low_);
    }

    /// A multiple of eight bytes, read as little-endian words.
    template <class Tag, std::size_t N>
    void bytes(const FixedBytes<Tag, N>& value) {
        static_assert(N % 8 == 0);
        words(value.view());
    }

    /// Any number of bytes: how many, and then as words, of which the last is filled up with zeros.
    /// About a gigabyte a second.
    void bytes(ByteView value) {
        word(value.size());
        words(value);
    }

    void text(std::string_view value) {
        word(value.size());
        for (const char letter : value) word(static_cast<unsigned char>(letter));
    }

    /// The second lane and then the first, each with its highest byte first.
    [[nodiscard]] Mix mix() const;
    /// The same in 32 hexadecimal digits.
    [[nodiscard]] std::string to_text() const;

    friend bool operator==(const Mixer&, const Mixer&) = default;

private:
    void words(ByteView value) {
        while (!value.empty()) {
            const std::size_t count = std::min<std::size_t>(value.size(), 8);
            std::uint64_t chunk = 0;
            for (std::size_t j = count; j-- > 0;) chunk = chunk << 8U | value[j];
            word(chunk);
            value = value.subspan(count);
        }
    }

    static constexpr std::uint64_t golden_gamma = 0x9e3779b97f4a7c15ULL;

    std::uint64_t low_ = 0x243f6a8885a308d3ULL;  // digits of pi
    std::uint64_t high_ = 0x13198a2e03707344ULL;
};

}  // namespace bezant
