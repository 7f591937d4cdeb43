// SPDX-License-Identifier: Apache-2.0
// What is in an address book, and how addresses get into it.
#include "node/address_book.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace bezant {

namespace {

constexpr std::int64_t hour = 3'600;

/// How stale what we know must be for news of an address to count, if it is up these days and if it
/// is not.
constexpr std::int64_t update_interval_online = hour;
constexpr std::int64_t update_interval_offline = 24 * hour;
constexpr std::int64_t online_within = 24 * hour;

std::uint64_t hash_secret(const AddressSecret& secret) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < sizeof(word); ++i) word = word << 8U | secret.bytes[i];
    return mix_bits(word);
}

std::uint32_t earlier(std::uint32_t moment, Duration span) {
    const std::int64_t taken = span.microseconds / seconds(1).microseconds;
    return static_cast<std::uint32_t>(std::max<std::int64_t>(0, std::int64_t{moment} - taken));
}

/// Takes the news in, if they are news.
void refresh(KnownAddress& known, std::uint32_t heard_at, Duration penalty, std::uint32_t now) {
    const bool online = std::int64_t{now} - std::int64_t{heard_at} < online_within;
    const std::int64_t interval = online ? update_interval_online : update_interval_offline;
    const std::uint32_t moment = earlier(heard_at, penalty);
    if (std::int64_t{known.heard_at} + interval < std::int64_t{moment}) known.heard_at = moment;
}

/// Whether another source's word makes it likelier to be called: each time half as often.
bool may_have_another_place(const KnownAddress& known, std::uint32_t heard_at, Random& random) {
    if (known.tried || heard_at <= known.heard_at) return false;
    if (known.new_place_count == new_places_max) return false;
    return random.below(std::uint64_t{1} << known.new_place_count) == 0;
}

}  // namespace

AddressBook::AddressBook(const AddressSecret& secret, const AddressBookLimits& limits,
                         AddressRealm realm)
    : secret_(secret),
      limits_(limits),
      realm_(realm),
      buckets_(secret, limits),
      new_(limits.new_buckets, limits.bucket_places),
      tried_(limits.tried_buckets, limits.bucket_places),
      numbers_(0, AddressHasher{hash_secret(secret)}) {}

bool AddressBook::add(const HeardAddress& heard, const NetworkAddress& source, Duration penalty,
                      Time now, Random& random) {
    if (!is_routable(heard.address, realm_)) return false;
    if (heard.address.host == source.host) penalty = {};
    const std::uint32_t moment = seconds_of(now);
    if (KnownAddress* known = find_entry(heard.address)) {
        refresh(*known, heard.heard_at, penalty, moment);
        if (!may_have_another_place(*known, heard.heard_at, random)) return false;
        return take_new_place(*number_of(heard.address), source, moment);
    }
    const Number number = make_entry(heard.address, source);
    entries_[number].heard_at = earlier(heard.heard_at, penalty);
    const bool placed = take_new_place(number, source, moment);
    if (!placed) free_entry(number);
    return placed;
}

bool AddressBook::take_new_place(Number number, const NetworkAddress& source, std::uint32_t now) {
    KnownAddress& known = entries_[number];
    const std::uint32_t place = buckets_.new_place(known.address, source);
    const Number holder = new_.at(place);
    if (holder == number) return false;
    if (holder != BucketTable::nothing) {
        const bool spares = entries_[holder].new_place_count > 1 && known.new_place_count == 0;
        if (!spares && !is_terrible(entries_[holder], now)) return false;
        clear_new(place);
    }
    new_.put(place, number);
    known.add_place(place);
    return true;
}

void AddressBook::clear_new(std::uint32_t place) {
    const Number number = new_.at(place);
    if (number == BucketTable::nothing) return;
    new_.clear(place);
    entries_[number].remove_place(place);
    if (!entries_[number].is_kept()) free_entry(number);
}

AddressBook::Number AddressBook::make_entry(const NetworkAddress& address,
                                            const NetworkAddress& source) {
    Number number = static_cast<Number>(entries_.size());
    if (free_.empty()) {
        entries_.emplace_back();
    } else {
        number = free_.back();
        free_.pop_back();
    }
    entries_[number] = {.address = address, .source = source};
    numbers_.emplace(address, number);
    return number;
}

void AddressBook::free_entry(Number number) {
    numbers_.erase(entries_[number].address);
    entries_[number] = {};
    free_.push_back(number);
}

std::optional<AddressBook::Number> AddressBook::number_of(const NetworkAddress& address) const {
    const auto found = numbers_.find(address);
    if (found == numbers_.end()) return std::nullopt;
    return found->second;
}

KnownAddress* AddressBook::find_entry(const NetworkAddress& address) {
    const auto number = number_of(address);
    return number ? &entries_[*number] : nullptr;
}

const KnownAddress* AddressBook::find(const NetworkAddress& address) const {
    const auto number = number_of(address);
    return number ? &entries_[*number] : nullptr;
}

std::size_t AddressBook::memory_bytes() const {
    return new_.memory_bytes() + tried_.memory_bytes() +
           entries_.capacity() * sizeof(entries_.front()) +
           free_.capacity() * sizeof(free_.front()) +
           numbers_.bucket_count() * sizeof(decltype(numbers_)::value_type) +
           waiting_.capacity() * sizeof(waiting_.front());
}

}  // namespace bezant
