// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace bezant::sim {

/// Places for values that come and go, reused in turn: once as many have been there at a time,
/// nothing is allocated. A value stays where it is until its place is given back.
template <class Value>
class Slab {
public:
    using Slot = std::uint32_t;

    /// A place to use; what is in it is left from before.
    Slot take() {
        if (free_.empty()) grow();
        const Slot slot = free_.back();
        free_.pop_back();
        return slot;
    }

    void give_back(Slot slot) { free_.push_back(slot); }

    [[nodiscard]] Value& operator[](Slot slot) {
        return (*chunks_[slot / chunk_size])[slot % chunk_size];
    }
    [[nodiscard]] const Value& operator[](Slot slot) const {
        return (*chunks_[slot / chunk_size])[slot % chunk_size];
    }

private:
    static constexpr Slot chunk_size = 1024;
    using Chunk = std::array<Value, chunk_size>;

    void grow() {
        const auto first = static_cast<Slot>(chunks_.size() * chunk_size);
        chunks_.push_back(std::make_unique<Chunk>());
        for (Slot i = chunk_size; i-- > 0;) free_.push_back(first + i);
    }

    std::vector<std::unique_ptr<Chunk>> chunks_;
    std::vector<Slot> free_;
};

}  // namespace bezant::sim
