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
/// radix heap (Ahuja, Mehlhorn, Orlin, Tarjan 1990). Keys lie in unsorted buckets by the highest
/// bit in which their time differs from a moment not after the first, and move to lower buckets as
/// their time comes near; those of the next moments are sorted. It reads memory in order, which a
/// binary heap does not. Nothing is allocated once it has been as large before. Figures:
/// bench/event_queue_bench.cpp.
///
/// A key has an order, and `microseconds()`, which that order goes by first.
template <class Key>
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
        if (run_.empty() && late_.empty()) advance();
        const Key key = take_first();
        --size_;
        last_ = key.microseconds();
        return key;
    }

    /// The key that will be taken out after so many others, if that is known already and nothing
    /// comes between: for whoever wants to have at hand what it is about.
    [[nodiscard]] const Key* foresee(std::size_t others) const {
        return others < run_.size() ? &run_[run_.size() - 1 - others] : nullptr;
    }

private:
    static constexpr std::size_t run_wanted = 16;
    static constexpr std::size_t run_max = 64;

    /// The keys whose time differs from base_ in none but the lowest run_bits_ bits are in the run,
    /// in order, the first at the back, or, if they came when it was long and all of one time, in a
    /// heap. Bucket i holds those whose time differs from base_ in bit i - 1 and in none above.
    void place(const Key& key) {
        const auto bucket = static_cast<unsigned>(std::bit_width(key.microseconds() ^ base_));
        if (bucket > run_bits_) {
            buckets_[bucket].push_back(key);
            filled_ |= std::uint64_t{1} << (bucket - 1);
        } else if (run_.size() < run_max) {
            run_.insert(std::ranges::lower_bound(run_, key, std::greater<>{}), key);
        } else if (run_bits_ > 0) {
            shorten_run();
            place(key);
        } else {
            late_.push_back(key);
            std::ranges::push_heap(late_, std::greater<>{});
        }
    }

    /// Gives its later half in time, if that is not all of it, to a bucket.
    void shorten_run() {
        window_bits_ = --run_bits_;
        const auto is_later = [this](const Key& key) {
            return (key.microseconds() ^ base_) >> run_bits_ != 0;
        };
        const auto sooner = std::ranges::partition_point(run_, is_later);
        if (sooner == run_.begin()) return;
        std::vector<Key>& bucket = buckets_[run_bits_ + 1];
        bucket.insert(bucket.end(), run_.begin(), sooner);
        run_.erase(run_.begin(), sooner);
        filled_ |= std::uint64_t{1} << run_bits_;
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

    /// Moves on to the lowest bucket, which there is: its first keys become the run, the others go
    /// to lower buckets.
    void advance() {
        const auto bit = static_cast<unsigned>(std::countr_zero(filled_));
        filled_ &= filled_ - 1;
        std::vector<Key>& bucket = buckets_[bit + 1];
        base_ = std::ranges::min(bucket, {}, time_of).microseconds();
        run_bits_ = std::min(bit, window_bits_);
        for (const Key& key : bucket) {
            if ((key.microseconds() ^ base_) >> run_bits_ == 0) {
                run_.push_back(key);
            } else {
                place(key);
            }
        }
        bucket.clear();
        std::ranges::sort(run_, std::greater<>{});
        adjust_window();
    }

    /// So that runs are neither long nor of one key only.
    void adjust_window() {
        if (run_.size() > run_wanted && window_bits_ > 0) --window_bits_;
        if (run_.size() < run_wanted / 4 && run_bits_ == window_bits_ && window_bits_ < 63)
            ++window_bits_;
    }

    static std::uint64_t time_of(const Key& key) { return key.microseconds(); }

    std::vector<Key> run_;
    std::vector<Key> late_;
    std::array<std::vector<Key>, 65> buckets_;
    std::uint64_t filled_ = 0;  ///< bit i - 1: something is in bucket i
    std::uint64_t base_ = 0;
    unsigned run_bits_ = 0;
    unsigned window_bits_ = 0;  ///< of the next run, at most
    std::uint64_t last_ = 0;    ///< time of the last one taken out
    std::size_t size_ = 0;
};

}  // namespace bezant::sim
