// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"

namespace bezant {

/// Overwrites with zeros, also where a compiler could prove that nobody reads them again.
void wipe(std::span<Byte> secret);

/// N bytes that must not stay in memory: wiped when they go out of scope. Copies are wiped too,
/// each at its own end. No comparison and no text, so that none happens by accident.
template <std::size_t N>
class SecretBytes {
public:
    SecretBytes() = default;
    explicit SecretBytes(std::span<const Byte, N> source) {
        std::ranges::copy(source, bytes_.begin());
    }
    SecretBytes(const SecretBytes&) = default;
    SecretBytes& operator=(const SecretBytes&) = default;
    ~SecretBytes() { wipe(bytes_); }

    [[nodiscard]] std::span<const Byte, N> view() const { return bytes_; }
    [[nodiscard]] std::span<Byte, N> writable() { return bytes_; }

private:
    std::array<Byte, N> bytes_{};
};

/// Gives memory back only after it has been wiped, so that a vector that grows leaves no copy
/// behind. Memory comes from `Source`.
template <class T, class Source = std::allocator<T>>
class WipingAllocator {
public:
    using value_type = T;

    [[nodiscard]] T* allocate(std::size_t count) { return source_.allocate(count); }
    void deallocate(T* memory, std::size_t count) {
        wipe({reinterpret_cast<Byte*>(memory), count * sizeof(T)});
        source_.deallocate(memory, count);
    }

    friend bool operator==(const WipingAllocator&, const WipingAllocator&) = default;

private:
    Source source_;
};

/// As many secret bytes as it takes: wiped when they go out of scope, or move to make room.
using SecretBuffer = std::vector<Byte, WipingAllocator<Byte>>;

inline SecretBuffer secret_copy(ByteView source) { return {source.begin(), source.end()}; }

/// The bytes of a secret text, not copied: the buffer must outlive the view.
inline std::string_view as_text(const SecretBuffer& text) {
    return {reinterpret_cast<const char*>(text.data()), text.size()};
}

}  // namespace bezant
