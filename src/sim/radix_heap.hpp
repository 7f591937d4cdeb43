// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/check.hpp"

namespace bezant::sim {

/// Keys taken out in order, where none is put in whose time is before the last one taken out: a
/// radix heap (Ahuja, Mehlhorn, Orlin, Tarjan 1990) with digits of four bits. Keys lie in unsorted
/// buckets by the highest digit in which their time differs from a moment not after the first, and
/// by the value of that digit; the first buckets are sorted if they are small, and else go into
/// buckets of a lower digit. It reads memory in order, which a binary heap does not. Nothing is
/// allocated once it has been as large before. Figures: bench/event_queue_bench.cpp.
///
/// A key has an order, and `microseconds()`, which that order goes by first. `ahead` keys or more
/// are sorted already when one is taken out, if there are as many and they do not come too thick.
template <class Key, std::size_t ahead = 1>
class RadixHeap {
public:
    void push(const Key& key) {
        CHECK(key.microseconds() >= last_, "time does not go back");
        place(key);
        ++size_;
    }

    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] std::size_t size() const { return size_; }

    /// Takes the first key out; there must be one.
    Key pop() {
        CHECK(size_ != 0, "there is an event to take");
        while (run_.size() < ahead && filled_digits_ != 0 && advance()) {
        }
        const Key key = take_first();
        --size_;
        last_ = key.microseconds();
        return key;
    }

    /// The key that will be taken out after `others` more, if nothing comes in before it, and if
    /// that is known already.
    [[nodiscard]] const Key* peek(std::size_t others) const {
        return late_.empty() && others < run_.size() ? &run_[run_.size() - 1 - others] : nullptr;
    }

    /// Calls it with each key, in no order.
    template <class Function>
    void for_each(const Function& function) const {
        for (const Key& key : run_) function(key);
        for (const Key& key : late_) function(key);
        for (const auto& by_value : buckets_)
            for (const std::vector<Key>& bucket : by_value)
                for (const Key& key : bucket) function(key);
    }

private:
    static constexpr unsigned digit_bits = 4;
    static constexpr unsigned digit_values = 1U << digit_bits;
    static constexpr unsigned digits = 64 / digit_bits;
    static constexpr std::size_t run_max = 32 + ahead;

    /// Keys before run_end_ are in the run, in order, the first at the back, or, if they came when
    /// it was long and could not be made shorter, in a heap. The others differ from base_, and are
    /// in the bucket of the highest digit in which they do, and its value.
    void place(const Key& key) {
        if (key.microseconds() >= run_end_) return put_into_bucket(key);
        if (run_.size() < run_max) {
            run_.insert(std::ranges::lower_bound(run_, key, std::greater<>{}), key);
        } else if (run_bits_ > 0) {
            shorten_run();
            place(key);
        } else {
            late_.push_back(key);
            std::ranges::push_heap(late_, std::greater<>{});
        }
    }

    void put_into_bucket(const Key& key) {
        const std::uint64_t difference = key.microseconds() ^ base_;
        const auto digit = static_cast<unsigned>(std::bit_width(difference) - 1) / digit_bits;
        const auto value =
            static_cast<unsigned>(key.microseconds() >> (digit * digit_bits)) % digit_values;
        buckets_[digit][value].push_back(key);
        filled_[digit] |= 1U << value;
        filled_digits_ |= 1U << digit;
    }

    /// Lets it end where a lower digit of base_ does; the rest, which may be all, goes to buckets.
    void shorten_run() {
        let_run_end_with(run_bits_ - digit_bits);
        const auto is_later = [this](const Key& key) { return key.microseconds() >= run_end_; };
        const auto sooner = std::ranges::partition_point(run_, is_later);
        for (auto key = run_.begin(); key != sooner; ++key) put_into_bucket(*key);
        run_.erase(run_.begin(), sooner);
    }

    /// It ends before the first moment after base_ that differs from it in more than these bits.
    void let_run_end_with(unsigned bits) {
        run_bits_ = bits;
        run_end_ = ((base_ >> bits) + 1) << bits;
    }

    Key take_first() {
        if (late_.empty() || (!run_.empty() && run_.back() < late_.front())) {
            const Key key = run_.back();
            run_.pop_back();
            return key;
        }
        std::ranges::pop_heap(late_, std::greater<>{});
        const Key key = late_.back();
        late_.pop_back();
        return key;
    }

    /// Moves on to the first bucket, which there is: adds it to the run, or, if it is large and its
    /// time has nearly come, moves its keys to buckets of lower digits. False if it is left.
    bool advance() {
        const auto digit = static_cast<unsigned>(std::countr_zero(filled_digits_));
        const auto value = static_cast<unsigned>(std::countr_zero(filled_[digit]));
        const unsigned shift = digit * digit_bits;
        const std::uint64_t span = std::uint64_t{1} << shift;
        std::vector<Key>& bucket = buckets_[digit][value];
        const std::uint64_t begin = bucket.front().microseconds() / span * span;
        const bool is_small = digit == 0 || bucket.size() <= run_max;
        // What comes in from now until base_ belongs to the run, and should be little.
        const bool is_near =
            (run_.empty() && late_.empty()) || begin <= last_ + span / digit_values;
        if (!is_small && !is_near) return false;
        filled_[digit] &= filled_[digit] - 1;
        if (filled_[digit] == 0) filled_digits_ &= filled_digits_ - 1;
        if (is_near) base_ = begin;
        if (is_small) {
            add_to_run(bucket);
            run_bits_ = shift;
            run_end_ = begin + span;
        } else {
            let_run_end_with(0);
            for (const Key& key : bucket) place(key);
        }
        bucket.clear();
        return true;
    }

    /// They come after what is in it.
    void add_to_run(std::vector<Key>& keys) {
        std::ranges::sort(keys, std::greater<>{});
        keys.insert(keys.end(), run_.begin(), run_.end());
        run_.swap(keys);
    }

    std::vector<Key> run_;
    std::vector<Key> late_;
    std::array<std::array<std::vector<Key>, digit_values>, digits> buckets_;
    std::array<std::uint32_t, digits> filled_{};  ///< by digit: bit i, something is in bucket i
    std::uint32_t filled_digits_ = 0;             ///< bit i: something is in a bucket of digit i
    std::uint64_t base_ = 0;                      ///< not after what is in buckets
    std::uint64_t run_end_ = 1;
    unsigned run_bits_ = 0;   ///< of base_; those above do not change before run_end_
    std::uint64_t last_ = 0;  ///< time of the last one taken out
    std::size_t size_ = 0;
};

}  // namespace bezant::sim
