// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "base/prefetch.hpp"

namespace bezant {

/// Values by dense index, in pages of 32: neighbours by index are neighbours in memory, and each is
/// found in two steps, without hashing. Made for indices that come in order and stay within some
/// range while they are in use. Values stay where they are until they are erased.
///
/// Memory: the pages that hold anything, and 8 bytes for each page between the first and the last.
template <class Index, class Value>
class DenseMap {
public:
    [[nodiscard]] const Value* find(Index index) const { return place_of(index); }
    [[nodiscard]] Value* find(Index index) { return place_of(index); }
    [[nodiscard]] bool contains(Index index) const { return place_of(index) != nullptr; }

    /// The value must be there.
    [[nodiscard]] const Value& operator[](Index index) const { return known(index); }
    [[nodiscard]] Value& operator[](Index index) { return known(index); }

    /// The value, if it is there, will be looked at soon: where it is comes into the processor's
    /// cache, and then,
    void expect_search(Index index) const {
        const std::uint32_t number = page_number(index);
        if (number < pages_.size()) prefetch(&pages_[number]);
    }
    void expect_search_of_last() const {
        if (!pages_.empty()) prefetch(&pages_.back());
    }
    /// the value itself.
    void expect_use(Index index) const {
        Page* page = page_of(index);
        if (page == nullptr) return;
        prefetch(&page->filled);
        prefetch(&page->value(index));
    }

    /// Puts the value in, and gives its place; nothing if there is one already.
    Value* emplace(Index index, Value value) {
        Page& page = make_page(index);
        if (page.has(index)) return nullptr;
        page.filled |= bit_of(index);
        ++size_;
        return &(page.value(index) = std::move(value));
    }

    /// True if it was there.
    bool erase(Index index) {
        Page* page = page_of(index);
        if (page == nullptr || !page->has(index)) return false;
        page->value(index) = Value{};
        page->filled &= ~bit_of(index);
        --size_;
        if (page->filled == 0) drop_page(index);
        return true;
    }

    void clear() {
        pages_.clear();
        size_ = 0;
    }

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }

    /// Calls it with each index and value, in order. Nothing may be put in or erased meanwhile.
    template <class Function>
    void for_each(const Function& function) const {
        visit([&](Index index, const Value& value) { function(index, value); });
    }
    template <class Function>
    void for_each(const Function& function) {
        visit(function);
    }

    /// Without what the values own.
    [[nodiscard]] std::size_t memory_bytes() const {
        std::size_t held = spare_ ? 1U : 0U;
        for (const auto& page : pages_) held += page ? 1U : 0U;
        return held * sizeof(Page) + pages_.capacity() * sizeof(pages_[0]);
    }

private:
    static constexpr std::uint32_t page_values = 32;

    [[nodiscard]] static constexpr std::uint32_t bit_of(Index index) {
        return 1U << index.value % page_values;
    }

    struct Page {
        std::uint32_t filled = 0;  ///< a bit a value
        std::array<Value, page_values> values{};

        [[nodiscard]] bool has(Index index) const { return (filled & bit_of(index)) != 0; }
        [[nodiscard]] Value& value(Index index) { return values[index.value % page_values]; }
    };

    // For an index below the first page the difference wraps around, and is beyond the last.
    [[nodiscard]] std::uint32_t page_number(Index index) const {
        return index.value / page_values - first_page_;
    }
    [[nodiscard]] Page* page_of(Index index) const {
        const std::uint32_t number = page_number(index);
        return number < pages_.size() ? pages_[number].get() : nullptr;
    }
    [[nodiscard]] Value* place_of(Index index) const {
        Page* page = page_of(index);
        return page != nullptr && page->has(index) ? &page->value(index) : nullptr;
    }
    [[nodiscard]] Value& known(Index index) const {
        Value* value = place_of(index);
        CHECK(value != nullptr, "an index is in use while it is asked for");
        return *value;
    }

    template <class Function>
    void visit(const Function& function) const {
        for (std::size_t number = 0; number < pages_.size(); ++number) {
            Page* page = pages_[number].get();
            std::uint32_t left = page != nullptr ? page->filled : 0;
            const auto first = (first_page_ + static_cast<std::uint32_t>(number)) * page_values;
            for (; left != 0; left &= left - 1) {
                const auto at = static_cast<std::uint32_t>(std::countr_zero(left));
                function(Index{first + at}, page->values[at]);
            }
        }
    }

    Page& make_page(Index index) {
        const std::uint32_t wanted = index.value / page_values;
        if (pages_.empty()) first_page_ = wanted;
        if (wanted < first_page_) {
            std::vector<std::unique_ptr<Page>> longer(first_page_ - wanted + pages_.size());
            std::ranges::move(pages_, longer.begin() + (first_page_ - wanted));
            pages_ = std::move(longer);
            first_page_ = wanted;
        }
        const std::size_t place = wanted - first_page_;
        if (place >= pages_.size()) pages_.resize(place + 1);
        if (!pages_[place]) pages_[place] = spare_ ? std::move(spare_) : std::make_unique<Page>();
        return *pages_[place];
    }

    void drop_page(Index index) {
        spare_ = std::move(pages_[page_number(index)]);
        while (!pages_.empty() && !pages_.back()) pages_.pop_back();
        const auto first = std::ranges::find_if(pages_, [](const auto& page) { return !!page; });
        first_page_ += static_cast<std::uint32_t>(first - pages_.begin());
        pages_.erase(pages_.begin(), first);
    }

    std::vector<std::unique_ptr<Page>> pages_;  ///< from first_page_ on; both ends hold something
    std::unique_ptr<Page> spare_;               ///< the last one that became empty
    std::uint32_t first_page_ = 0;
    std::size_t size_ = 0;
};

}  // namespace bezant
