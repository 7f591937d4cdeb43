// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace bezant {

/// An array that grows at its end and moves nothing: values in pages of a power of two, so that
/// finding one takes two loads and no arithmetic but a shift and a mask. (Boost's deque looks for
/// the page by way of an iterator, which shows when nothing else is done: docs/architecture.md.)
///
/// Memory: whole pages, and 8 bytes for each. Values must have a default.
template <class Value, std::size_t page_size>
class PagedArray {
    static_assert(std::has_single_bit(page_size));

public:
    [[nodiscard]] std::size_t size() const { return size_; }

    /// The index must be below size(). References stay good while the array lives.
    [[nodiscard]] const Value& operator[](std::size_t index) const {
        return (*pages_[index / page_size])[index % page_size];
    }
    [[nodiscard]] Value& operator[](std::size_t index) {
        return (*pages_[index / page_size])[index % page_size];
    }

    void push_back(Value value) {
        if (size_ == pages_.size() * page_size) pages_.push_back(std::make_unique<Page>());
        (*this)[size_++] = std::move(value);
    }

private:
    using Page = std::array<Value, page_size>;

    std::vector<std::unique_ptr<Page>> pages_;
    std::size_t size_ = 0;
};

}  // namespace bezant
