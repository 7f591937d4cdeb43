// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/check.hpp"
#include "base/random.hpp"

namespace bezant {

/// Buckets of as many places each, and which number is in each place. No memory until something is
/// put there.
class BucketTable {
public:
    static constexpr std::uint32_t nothing = UINT32_MAX;

    BucketTable(std::uint32_t buckets, std::uint32_t bucket_places)
        : buckets_(buckets), bucket_places_(bucket_places) {}

    /// `nothing` if the place is free.
    [[nodiscard]] std::uint32_t at(std::uint32_t place) const {
        return places_.empty() ? nothing : places_[place];
    }
    /// The place must be free.
    void put(std::uint32_t place, std::uint32_t number);
    /// The place must not be free.
    void clear(std::uint32_t place);

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::uint32_t buckets() const { return buckets_; }
    [[nodiscard]] std::uint32_t bucket_of(std::uint32_t place) const {
        return place / bucket_places_;
    }
    /// How many places of the bucket are taken.
    [[nodiscard]] std::size_t taken_in(std::uint32_t bucket) const {
        return taken_.empty() ? 0 : taken_[bucket];
    }
    /// What is in some bucket, each that has anything being equally likely: the first from a random
    /// position on. The table must not be empty.
    [[nodiscard]] std::uint32_t draw(Random& random) const;
    [[nodiscard]] std::size_t memory_bytes() const {
        return (places_.capacity() + taken_.capacity() + used_.capacity()) * sizeof(std::uint32_t);
    }

private:
    std::uint32_t buckets_;
    std::uint32_t bucket_places_;
    std::size_t size_ = 0;
    std::vector<std::uint32_t> places_;
    std::vector<std::uint32_t> taken_;  ///< by bucket
    std::vector<std::uint32_t> used_;   ///< the buckets that have anything, in any order
};

inline void BucketTable::put(std::uint32_t place, std::uint32_t number) {
    if (places_.empty()) {
        places_.assign(std::size_t{buckets_} * bucket_places_, nothing);
        taken_.assign(buckets_, 0);
    }
    CHECK(places_[place] == nothing, "a place is taken once");
    places_[place] = number;
    if (taken_[bucket_of(place)]++ == 0) used_.push_back(bucket_of(place));
    ++size_;
}

inline void BucketTable::clear(std::uint32_t place) {
    CHECK(at(place) != nothing, "what is cleared was taken");
    places_[place] = nothing;
    if (--taken_[bucket_of(place)] == 0) std::erase(used_, bucket_of(place));
    --size_;
}

inline std::uint32_t BucketTable::draw(Random& random) const {
    CHECK(size_ != 0, "something is there to draw");
    const std::uint64_t bucket = used_[random.below(used_.size())];
    std::uint64_t position = random.below(bucket_places_);
    while (places_[bucket * bucket_places_ + position] == nothing)
        position = (position + 1) % bucket_places_;
    return places_[bucket * bucket_places_ + position];
}

}  // namespace bezant
