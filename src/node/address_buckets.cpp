// SPDX-License-Identifier: Apache-2.0
#include "node/address_buckets.hpp"

#include <array>

#include "base/check.hpp"

namespace bezant {

enum class AddressBuckets::Purpose : std::uint8_t {
    new_lane,  ///< which of its source group's buckets
    new_bucket,
    new_position,
    tried_lane,  ///< which of its group's buckets
    tried_bucket,
    tried_position,
};

namespace {

Sha256& add(Sha256& hasher, const NetworkAddress& address) {
    const std::array<Byte, 2> port{static_cast<Byte>(address.port),
                                   static_cast<Byte>(address.port >> 8U)};
    return hasher.update(address.host.view()).update(port);
}

Sha256& add(Sha256& hasher, std::uint32_t number) {
    std::array<Byte, 4> bytes{};
    for (Byte& byte : bytes) {
        byte = static_cast<Byte>(number);
        number >>= 8U;
    }
    return hasher.update(bytes);
}

/// A number below this from the hash; the bias is far below what matters.
std::uint32_t below(const Sha256& hasher, std::uint32_t bound) {
    const Hash256 hash = hasher.finish();
    std::uint64_t number = 0;
    for (std::size_t i = 8; i-- > 0;) number = number << 8U | hash.bytes[i];
    return static_cast<std::uint32_t>(number % bound);
}

}  // namespace

AddressBuckets::AddressBuckets(const AddressSecret& secret, const AddressBookLimits& limits)
    : limits_(limits), keyed_(tagged_hasher("bezant/address-book").update(secret.view())) {
    CHECK(limits.new_places() != 0 && limits.tried_places() != 0, "an address book has places");
    CHECK(limits.new_buckets_per_source_group != 0 && limits.tried_buckets_per_group != 0,
          "every group has buckets");
}

Sha256 AddressBuckets::hasher(Purpose purpose) const {
    Sha256 hasher = keyed_;
    hasher.update(std::array{static_cast<Byte>(purpose)});
    return hasher;
}

std::uint32_t AddressBuckets::new_place(const NetworkAddress& address,
                                        const NetworkAddress& source) const {
    const NetworkGroup source_group = group_of(source);
    const std::uint32_t lane = below(
        hasher(Purpose::new_lane).update(group_of(address).view()).update(source_group.view()),
        limits_.new_buckets_per_source_group);
    Sha256 bucket = hasher(Purpose::new_bucket);
    add(bucket.update(source_group.view()), lane);
    return place_in_new(below(bucket, limits_.new_buckets), address);
}

std::uint32_t AddressBuckets::place_in_new(std::uint32_t bucket,
                                           const NetworkAddress& address) const {
    Sha256 position = hasher(Purpose::new_position);
    add(add(position, bucket), address);
    return bucket * limits_.bucket_places + below(position, limits_.bucket_places);
}

std::uint32_t AddressBuckets::tried_place(const NetworkAddress& address) const {
    Sha256 lane = hasher(Purpose::tried_lane);
    add(lane, address);
    Sha256 hash = hasher(Purpose::tried_bucket);
    add(hash.update(group_of(address).view()), below(lane, limits_.tried_buckets_per_group));
    const std::uint32_t bucket = below(hash, limits_.tried_buckets);
    Sha256 position = hasher(Purpose::tried_position);
    add(add(position, bucket), address);
    return bucket * limits_.bucket_places + below(position, limits_.bucket_places);
}

}  // namespace bezant
