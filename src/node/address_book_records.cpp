// SPDX-License-Identifier: Apache-2.0
// What of an address book is kept over restarts, and whether it holds together.
#include <algorithm>
#include <functional>

#include "base/check.hpp"
#include "node/address_book.hpp"

namespace bezant {

namespace {

AddressRecord record_of(const KnownAddress& known, const BucketTable& table) {
    AddressRecord record{.address = known.address,
                         .source = known.source,
                         .heard_at = known.heard_at,
                         .succeeded_at = known.succeeded_at,
                         .failures = known.failures,
                         .new_buckets = {}};
    for (const std::uint32_t place : known.places())
        record.new_buckets.push_back(table.bucket_of(place));
    std::ranges::sort(record.new_buckets);
    return record;
}

/// The buckets are ascending, few enough, and all there.
bool are_possible(const std::vector<std::uint32_t>& buckets, const BucketTable& table) {
    return buckets.size() <= new_places_max &&
           std::ranges::adjacent_find(buckets, std::greater_equal{}) == buckets.end() &&
           (buckets.empty() || buckets.back() < table.buckets());
}

}  // namespace

std::vector<AddressRecord> AddressBook::records() const {
    std::vector<AddressRecord> records;
    records.reserve(size());
    for (const KnownAddress& known : entries_) {
        if (known.is_kept()) records.push_back(record_of(known, new_));
    }
    std::ranges::sort(records, {}, &AddressRecord::address);
    return records;
}

bool AddressBook::restore(const AddressRecord& record) {
    if (!is_routable(record.address, realm_) || number_of(record.address) ||
        !are_possible(record.new_buckets, new_))
        return false;
    const bool tried = record.new_buckets.empty();
    const std::uint32_t tried_place = buckets_.tried_place(record.address);
    if (tried && tried_.at(tried_place) != BucketTable::nothing) return false;
    std::vector<std::uint32_t> places;
    for (const std::uint32_t bucket : record.new_buckets)
        places.push_back(buckets_.place_in_new(bucket, record.address));
    if (std::ranges::any_of(
            places, [&](std::uint32_t place) { return new_.at(place) != BucketTable::nothing; }))
        return false;
    const Number number = make_entry(record.address, record.source);
    KnownAddress& known = entries_[number];
    known.heard_at = record.heard_at;
    known.succeeded_at = record.succeeded_at;
    known.failures = record.failures;
    known.tried = tried;
    if (tried) tried_.put(tried_place, number);
    for (const std::uint32_t place : places) {
        new_.put(place, number);
        known.add_place(place);
    }
    return true;
}

void AddressBook::check_invariants() const {
    std::size_t kept = 0;
    std::size_t tried = 0;
    std::size_t new_places = 0;
    for (Number number = 0; number < entries_.size(); ++number) {
        const KnownAddress& known = entries_[number];
        if (!known.is_kept()) continue;
        ++kept;
        CHECK(number_of(known.address) == number, "an entry is found by its address");
        CHECK(is_routable(known.address, realm_), "only who can be called is kept");
        CHECK(known.tried == (known.new_place_count == 0), "an entry is in one of the tables");
        if (known.tried) {
            ++tried;
            CHECK(tried_.at(buckets_.tried_place(known.address)) == number,
                  "a tried entry is in its place");
        }
        for (const std::uint32_t place : known.places()) {
            ++new_places;
            CHECK(new_.at(place) == number, "a new entry is in its places");
            CHECK(buckets_.place_in_new(new_.bucket_of(place), known.address) == place,
                  "an entry has one position in a bucket");
        }
    }
    CHECK(kept == numbers_.size() && kept + free_.size() == entries_.size(),
          "every entry is kept or free");
    CHECK(tried == tried_.size() && new_places == new_.size(), "tables hold entries only");
    CHECK(waiting_.size() <= limits_.collisions_max, "few wait for a place");
}

}  // namespace bezant
