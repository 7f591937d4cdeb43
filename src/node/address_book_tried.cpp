// SPDX-License-Identifier: Apache-2.0
// How calling addresses changes what an address book thinks of them.
#include <algorithm>

#include "base/check.hpp"
#include "node/address_book.hpp"

namespace bezant {

namespace {

/// Who answered in this time keeps his place; Bitcoin Core's ADDRMAN_REPLACEMENT.
constexpr std::int64_t replacement = 14'400;
/// A call that was made so long ago and is not known to have succeeded has failed.
constexpr std::int64_t call_takes_max = 60;
/// Who waits so long untested gets the place; Bitcoin Core's ADDRMAN_TEST_WINDOW.
constexpr std::int64_t test_window = 2'400;
/// How often a moment at which a peer was there is noted.
constexpr std::int64_t seen_interval = 1'200;

std::int64_t ago(std::uint32_t moment, std::uint32_t now) {
    return std::int64_t{now} - std::int64_t{moment};
}

}  // namespace

void AddressBook::called(const NetworkAddress& address, bool counts, Time now) {
    KnownAddress* known = find_entry(address);
    if (known == nullptr) return;
    known->tried_at = seconds_of(now);
    if (!counts || known->failed_at >= last_success_) return;
    known->failed_at = seconds_of(now);
    ++known->failures;
}

void AddressBook::succeeded(const NetworkAddress& address, Time now) {
    const auto number = number_of(address);
    last_success_ = std::max(last_success_, seconds_of(now));
    if (!number) return;
    KnownAddress& known = entries_[*number];
    known.succeeded_at = seconds_of(now);
    known.tried_at = seconds_of(now);
    known.failures = 0;
    if (known.tried) return;
    if (tried_.at(buckets_.tried_place(address)) == BucketTable::nothing)
        return make_tried(*number);
    wait_for_place(address);
}

void AddressBook::seen(const NetworkAddress& address, Time now) {
    KnownAddress* known = find_entry(address);
    if (known == nullptr) return;
    if (ago(known->heard_at, seconds_of(now)) > seen_interval) known->heard_at = seconds_of(now);
}

void AddressBook::wait_for_place(const NetworkAddress& address) {
    const bool waits = std::ranges::find(waiting_, address) != waiting_.end();
    if (waits || waiting_.size() >= limits_.collisions_max) return;
    waiting_.push_back(address);
}

/// From new to tried; whoever is in its place there goes back.
void AddressBook::make_tried(Number number) {
    KnownAddress& known = entries_[number];
    for (const std::uint32_t place : known.places()) new_.clear(place);
    known.new_place_count = 0;
    const std::uint32_t place = buckets_.tried_place(known.address);
    if (const Number holder = tried_.at(place); holder != BucketTable::nothing) {
        tried_.clear(place);
        put_back(holder);
    }
    tried_.put(place, number);
    known.tried = true;
}

/// From tried to new, into the bucket of whoever told of it, whatever is there.
void AddressBook::put_back(Number number) {
    KnownAddress& known = entries_[number];
    known.tried = false;
    const std::uint32_t place = buckets_.new_place(known.address, known.source);
    clear_new(place);
    new_.put(place, number);
    known.add_place(place);
}

std::optional<NetworkAddress> AddressBook::draw_contested(Random& random) const {
    if (waiting_.empty()) return std::nullopt;
    const Number holder = tried_.at(buckets_.tried_place(random.pick(waiting_)));
    if (holder == BucketTable::nothing) return std::nullopt;
    return entries_[holder].address;
}

void AddressBook::settle_collisions(Time now) {
    std::erase_if(waiting_,
                  [&](const NetworkAddress& address) { return settle(address, seconds_of(now)); });
}

/// Whether it has got the place it waits for, or will not get it.
bool AddressBook::settle(const NetworkAddress& address, std::uint32_t now) {
    const auto number = number_of(address);
    if (!number || entries_[*number].tried) return true;
    const Number holder = tried_.at(buckets_.tried_place(address));
    if (holder != BucketTable::nothing) {
        const KnownAddress& rival = entries_[holder];
        if (ago(rival.succeeded_at, now) < replacement) return true;
        const bool called = ago(rival.tried_at, now) < replacement;
        if (called && ago(rival.tried_at, now) <= call_takes_max) return false;
        if (!called && ago(entries_[*number].succeeded_at, now) <= test_window) return false;
    }
    make_tried(*number);
    return true;
}

}  // namespace bezant
