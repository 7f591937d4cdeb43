// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/random.hpp"
#include "base/time.hpp"
#include "node/address_buckets.hpp"
#include "node/bucket_table.hpp"
#include "node/known_address.hpp"
#include "node/message.hpp"
#include "node/network_address.hpp"

namespace bezant {

/// An address as it is kept on disk (node/address_book_codec.hpp).
struct AddressRecord {
    NetworkAddress address;
    NetworkAddress source;
    std::uint32_t heard_at = 0;
    std::uint32_t succeeded_at = 0;
    std::uint32_t failures = 0;
    std::vector<std::uint32_t> new_buckets;  ///< ascending; none: it is in the tried table

    friend bool operator==(const AddressRecord&, const AddressRecord&) = default;
};

/// The addresses that a participant knows: those it was told of (new), and those that have answered
/// it (tried). Both tables are of buckets in which secret hashes choose the place (AddressBuckets),
/// so that an attacker can neither fill the book from few network groups nor aim at one entry. The
/// design is that of Bitcoin Core's addrman, made against Heilman et al. 2015, "Eclipse attacks on
/// Bitcoin's peer-to-peer network".
///
/// - An address enters the new table by what others say, at most new_places_max times, each further
///   place being half as likely. It takes a place that is free, or that of an address which is
///   terrible, or which has other places while this one has none.
/// - One that answers moves to the tried table. If its place there is taken it waits, until the one
///   in its place has been called and has failed ("test before evict"); whoever has answered in the
///   last four hours stays.
/// - What is pushed out of tried goes back to new; what loses its last place in new is forgotten.
///
/// A value: deterministic given the secret, the calls and the random numbers. Empty, it owns no
/// memory. Nothing depends on the order of the hash table.
class AddressBook {
public:
    AddressBook(const AddressSecret& secret, const AddressBookLimits& limits, AddressRealm realm);

    /// `source` says that this address was up at that moment, which is taken as so much earlier
    /// unless `source` speaks of its own host. Whether the address got a place that it had not.
    /// Addresses that are not routable in this realm are not kept.
    bool add(const HeardAddress& heard, const NetworkAddress& source, Duration penalty, Time now,
             Random& random);

    // Of addresses that are not known the following say nothing, and nothing happens.

    /// It is being called. A failure is counted, once after each success with anyone: while we are
    /// cut off ourselves, it is not their fault. Not counted at all if `counts` is false.
    void called(const NetworkAddress& address, bool counts, Time now);
    /// It answered our call, as a participant of our network does.
    void succeeded(const NetworkAddress& address, Time now);
    /// We are, or were until now, connected.
    void seen(const NetworkAddress& address, Time now);

    /// An address to call. Tried and new ones are equally likely if there are both, or only new
    /// ones are considered; within them by buckets and chance_of. Nothing if there is none.
    enum class Among : std::uint8_t { all, only_new };
    [[nodiscard]] std::optional<NetworkAddress> draw(Among among, Time now, Random& random) const;

    /// One of those in whose place another one waits to be: to be called, to see if it still
    /// answers.
    [[nodiscard]] std::optional<NetworkAddress> draw_contested(Random& random) const;
    /// Decides where that has been seen, or where nobody got to see it within 40 minutes.
    void settle_collisions(Time now);

    /// Up to so many addresses that are not terrible, out of all, chosen and ordered at random.
    [[nodiscard]] std::vector<HeardAddress> sample(std::size_t count_max, Time now,
                                                   Random& random) const;

    /// Nothing if it is not known. Good until the book changes.
    [[nodiscard]] const KnownAddress* find(const NetworkAddress& address) const;
    [[nodiscard]] std::size_t size() const { return numbers_.size(); }
    [[nodiscard]] std::size_t tried_count() const { return tried_.size(); }
    [[nodiscard]] std::size_t new_count() const { return size() - tried_count(); }
    [[nodiscard]] const BucketTable& new_table() const { return new_; }
    [[nodiscard]] const BucketTable& tried_table() const { return tried_; }
    [[nodiscard]] const AddressSecret& secret() const { return secret_; }
    [[nodiscard]] AddressRealm realm() const { return realm_; }
    [[nodiscard]] std::size_t memory_bytes() const;

    /// All that is to be kept over restarts, in the order of the addresses. Whom we called, and who
    /// waits for a place, is forgotten: after a restart everyone may be called again.
    [[nodiscard]] std::vector<AddressRecord> records() const;
    /// Puts a record back. False, and nothing changes, if no book of this secret and these sizes
    /// can have it beside what is there.
    [[nodiscard]] bool restore(const AddressRecord& record);

    /// Stops the program if anything does not fit together. Linear in the size of the tables.
    void check_invariants() const;

private:
    using Number = std::uint32_t;  ///< of an entry, until it is forgotten

    [[nodiscard]] std::optional<Number> number_of(const NetworkAddress& address) const;
    [[nodiscard]] KnownAddress* find_entry(const NetworkAddress& address);
    Number make_entry(const NetworkAddress& address, const NetworkAddress& source);
    void free_entry(Number number);
    bool take_new_place(Number number, const NetworkAddress& source, std::uint32_t now);
    void clear_new(std::uint32_t place);
    void make_tried(Number number);
    void put_back(Number number);
    void wait_for_place(const NetworkAddress& address);
    [[nodiscard]] bool settle(const NetworkAddress& address, std::uint32_t now);

    AddressSecret secret_;
    AddressBookLimits limits_;
    AddressRealm realm_;
    AddressBuckets buckets_;
    BucketTable new_;
    BucketTable tried_;
    std::vector<KnownAddress> entries_;  ///< by number
    std::vector<Number> free_;           ///< numbers of forgotten entries
    boost::unordered_flat_map<NetworkAddress, Number, AddressHasher> numbers_;
    std::vector<NetworkAddress> waiting_;  ///< for a place in tried
    std::uint32_t last_success_ = 1;       ///< with anyone
};

}  // namespace bezant
