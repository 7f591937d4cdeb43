// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "crypto/hash.hpp"
#include "node/network_address.hpp"

namespace bezant {

/// What only this participant knows: without it nobody can tell which addresses push out which, or
/// whom it will call.
struct AddressSecretTag;
using AddressSecret = FixedBytes<AddressSecretTag, 32>;

/// Sizes of an address book; Bitcoin Core's. Smaller ones are for tests and simulations. None is 0.
struct AddressBookLimits {
    std::uint32_t new_buckets = 1'024;
    std::uint32_t tried_buckets = 256;
    std::uint32_t bucket_places = 64;
    std::uint32_t new_buckets_per_source_group = 64;
    std::uint32_t tried_buckets_per_group = 8;
    std::uint32_t collisions_max = 10;  ///< addresses that wait for a test of who is in their place

    [[nodiscard]] constexpr std::size_t new_places() const {
        return std::size_t{new_buckets} * bucket_places;
    }
    [[nodiscard]] constexpr std::size_t tried_places() const {
        return std::size_t{tried_buckets} * bucket_places;
    }
};

/// Where each address may be kept, by hashes with the secret (Heilman et al. 2015, section 2.2;
/// Bitcoin Core's AddrInfo). A place is a bucket's number times bucket_places, plus a position in
/// the bucket; an address has one position in each bucket.
///
/// - New: what one group of sources tells of falls into at most new_buckets_per_source_group
///   buckets, and what it tells of one group into a single one.
/// - Tried: addresses of one group fall into at most tried_buckets_per_group buckets.
///
/// So whoever holds few groups can fill little of the book, however many addresses he has there.
class AddressBuckets {
public:
    AddressBuckets(const AddressSecret& secret, const AddressBookLimits& limits);

    [[nodiscard]] std::uint32_t new_place(const NetworkAddress& address,
                                          const NetworkAddress& source) const;
    [[nodiscard]] std::uint32_t tried_place(const NetworkAddress& address) const;
    /// The address's place in this new bucket.
    [[nodiscard]] std::uint32_t place_in_new(std::uint32_t bucket,
                                             const NetworkAddress& address) const;

private:
    enum class Purpose : std::uint8_t;

    [[nodiscard]] Sha256 hasher(Purpose purpose) const;

    AddressBookLimits limits_;
    Sha256 keyed_;
};

}  // namespace bezant
