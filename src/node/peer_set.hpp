// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace bezant {

/// A set of neighbours by slot (node/peers.hpp): one word for the first 64, more only if needed.
/// There is one for each waiting payment, so it is small.
class PeerSet {
public:
    void insert(std::uint32_t slot);
    void erase(std::uint32_t slot);
    [[nodiscard]] bool contains(std::uint32_t slot) const;
    [[nodiscard]] std::size_t memory_bytes() const;

private:
    static constexpr std::uint32_t word_bits = 64;

    std::uint64_t first_ = 0;
    std::unique_ptr<std::vector<std::uint64_t>> rest_;
};

inline void PeerSet::insert(std::uint32_t slot) {
    if (slot < word_bits) {
        first_ |= std::uint64_t{1} << slot;
        return;
    }
    if (!rest_) rest_ = std::make_unique<std::vector<std::uint64_t>>();
    const std::size_t word = slot / word_bits - 1;
    if (rest_->size() <= word) rest_->resize(word + 1);
    (*rest_)[word] |= std::uint64_t{1} << slot % word_bits;
}

inline void PeerSet::erase(std::uint32_t slot) {
    if (!contains(slot)) return;
    std::uint64_t& word = slot < word_bits ? first_ : (*rest_)[slot / word_bits - 1];
    word &= ~(std::uint64_t{1} << slot % word_bits);
}

inline bool PeerSet::contains(std::uint32_t slot) const {
    if (slot < word_bits) return (first_ >> slot & 1U) != 0;
    const std::size_t word = slot / word_bits - 1;
    return rest_ && word < rest_->size() && ((*rest_)[word] >> slot % word_bits & 1U) != 0;
}

inline std::size_t PeerSet::memory_bytes() const {
    return rest_ ? sizeof(std::vector<std::uint64_t>) + rest_->capacity() * sizeof(std::uint64_t)
                 : 0;
}

}  // namespace bezant
