// SPDX-License-Identifier: Apache-2.0
// What an address book holds: as a naive twin says, within the bounds that keep an attacker out.
#include "node/address_book.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/seeds.hpp"
#include "tests/support/network_addresses.hpp"
#include "tests/unit/node/naive_address_book.hpp"

namespace bezant::test {
namespace {

constexpr std::int64_t start = 1'767'225'600;
constexpr AddressBookLimits small{.new_buckets = 8,
                                  .tried_buckets = 4,
                                  .bucket_places = 4,
                                  .new_buckets_per_source_group = 4,
                                  .tried_buckets_per_group = 2,
                                  .collisions_max = 3};

/// The book and its naive twin, which are told the same.
class Twins {
public:
    explicit Twins(std::uint64_t seed)
        : random(seed),
          book{secret_of(seed), small, AddressRealm::internet},
          naive{secret_of(seed), small} {}

    NetworkAddress any() {
        return address_in(static_cast<std::uint32_t>(random.below(12)),
                          static_cast<std::uint32_t>(random.below(12)));
    }
    std::uint32_t seconds() const { return seconds_of(now); }

    void step() {
        now = now + bezant::seconds(random.between(0, 1) != 0 ? random.between(0, 90)
                                                              : random.between(0, 20'000));
        const NetworkAddress address = any();
        switch (random.below(6)) {
            case 0:
            case 1:
                return add(address, any());
            case 2: {
                const bool counts = random.chance(2, 3);
                book.called(address, counts, now);
                return naive.called(address, counts, seconds());
            }
            case 3:
            case 4:
                book.succeeded(address, now);
                return naive.succeeded(address, seconds());
            default:
                book.settle_collisions(now);
                return naive.settle_collisions(seconds());
        }
    }

    void add(const NetworkAddress& address, const NetworkAddress& source) {
        const std::int64_t age = random.between(-1'000, 40 * 86'400);
        const HeardAddress heard{.address = address,
                                 .heard_at = seconds_of(now - bezant::seconds(age))};
        Random same = random;
        const bool added = book.add(heard, source, bezant::seconds(7'200), now, random);
        ASSERT_EQ(naive.add(heard, source, 7'200, seconds(), same), added);
    }

    void expect_same() const {
        ASSERT_NO_FATAL_FAILURE(book.check_invariants());
        ASSERT_EQ(book.size(), naive.entries.size());
        for (const auto& [address, entry] : naive.entries) {
            const KnownAddress* known = book.find(address);
            ASSERT_NE(known, nullptr) << to_text(address);
            const auto places = known->places();
            ASSERT_EQ((std::set<std::uint32_t>{places.begin(), places.end()}), entry.places);
            ASSERT_EQ(known->tried, entry.tried);
            ASSERT_EQ(known->source, entry.known.source);
            ASSERT_EQ(known->heard_at, entry.known.heard_at);
            ASSERT_EQ(known->tried_at, entry.known.tried_at);
            ASSERT_EQ(known->failures, entry.known.failures);
            ASSERT_EQ(known->succeeded_at, entry.known.succeeded_at);
        }
    }

    Random random;
    Time now = from_unix_seconds(start);
    AddressBook book;
    NaiveAddressBook naive;
};

TEST(AddressBook, IsAsItsNaiveTwin) {
    std::size_t waited = 0;
    std::size_t tried = 0;
    for (std::uint64_t seed = 1; seed <= seeds_to_try(40); ++seed) {
        SCOPED_TRACE(seed);
        Twins twins{seed};
        for (int i = 0; i < 600; ++i) {
            twins.step();
            ASSERT_NO_FATAL_FAILURE(twins.expect_same());
            waited += twins.naive.waiting.size();
        }
        tried += twins.book.tried_count();
    }
    EXPECT_GT(waited, 0U) << "collisions were tried too";
    EXPECT_GT(tried, 0U);
}

class Book : public testing::Test {
protected:
    bool add(const NetworkAddress& address, const NetworkAddress& source) {
        return book.add({.address = address, .heard_at = seconds_of(now)}, source, Duration{}, now,
                        random);
    }
    void make_tried(const NetworkAddress& address) {
        add(address, address);
        book.succeeded(address, now);
    }
    /// As many buckets of the new table have anything.
    [[nodiscard]] static std::size_t used(const BucketTable& table) {
        std::size_t count = 0;
        for (std::uint32_t bucket = 0; bucket < table.buckets(); ++bucket)
            count += table.taken_in(bucket) != 0 ? 1U : 0U;
        return count;
    }

    Time now = from_unix_seconds(start);
    Random random{5};
    AddressBook book{secret_of(5), {}, AddressRealm::internet};
};

TEST_F(Book, OwnsNothingWhileItIsEmpty) {
    EXPECT_EQ(book.memory_bytes(), 0U);
    EXPECT_EQ(book.draw(AddressBook::Among::all, now, random), std::nullopt);
    EXPECT_EQ(book.draw_contested(random), std::nullopt);
    EXPECT_TRUE(book.sample(10, now, random).empty());
}

// Heilman et al. 2015: an attacker floods the victim with addresses.
TEST_F(Book, OneSourceGroupFillsNoMoreThanItsBuckets) {
    std::size_t kept = 0;
    for (std::uint32_t group = 0; group < 600; ++group) {
        for (std::uint32_t number = 0; number < 100; ++number)
            kept += add(address_in(group, number), address_in(3'000, number)) ? 1U : 0U;
    }
    EXPECT_LE(used(book.new_table()), 64U);
    EXPECT_LE(book.new_count(), std::size_t{64} * 64);
    EXPECT_GT(kept, 3'000U) << "but it does fill them";
    book.check_invariants();
}

TEST_F(Book, WhatOneSourceGroupTellsOfOneGroupIsInOneBucket) {
    for (std::uint32_t number = 0; number < 5'000; ++number)
        add(address_in(7, number), address_in(3'000, number % 200));
    EXPECT_EQ(used(book.new_table()), 1U);
    EXPECT_LE(book.new_count(), 64U);
}

TEST_F(Book, OneGroupFillsNoMoreThanItsTriedBuckets) {
    for (std::uint32_t number = 0; number < 20'000; ++number) {
        add(address_in(9, number), address_in(100 + number % 3'000, 1));
        book.succeeded(address_in(9, number), now);
    }
    EXPECT_LE(used(book.tried_table()), 8U);
    EXPECT_LE(book.tried_count(), std::size_t{8} * 64);
    EXPECT_GT(book.tried_count(), 400U);
    book.check_invariants();
}

TEST_F(Book, AnAddressHasAFewPlacesHoweverManyTellOfIt) {
    const NetworkAddress address = address_in(1, 1);
    for (std::uint32_t group = 2; group < 4'000; ++group) {
        now = now + seconds(10'000);
        book.add({.address = address, .heard_at = seconds_of(now)}, address_in(group, 1),
                 seconds(7'200), now, random);
    }
    EXPECT_EQ(book.find(address)->places().size(), new_places_max);
    EXPECT_EQ(book.size(), 1U);
}

TEST_F(Book, WhereAddressesFallFollowsFromTheSecret) {
    std::size_t same = 0;
    const AddressBuckets ours{secret_of(1), {}};
    const AddressBuckets others{secret_of(2), {}};
    for (std::uint32_t i = 0; i < 200; ++i) {
        const NetworkAddress address = address_in(i, i);
        same += ours.new_place(address, address) == others.new_place(address, address) ? 1U : 0U;
        same += ours.tried_place(address) == others.tried_place(address) ? 1U : 0U;
    }
    EXPECT_LE(same, 5U);
}

TEST_F(Book, PrivateAddressesAreNotKeptOnTheInternet) {
    EXPECT_FALSE(add(network_address_from_text("192.168.0.1:7333").value(), address_in(1, 1)));
    EXPECT_EQ(book.size(), 0U);
}

TEST_F(Book, WhoAnsweredKeepsHisPlaceUntilHeIsFoundGone) {
    AddressBook tiny{secret_of(5),
                     {.new_buckets = 64,
                      .tried_buckets = 1,
                      .bucket_places = 1,
                      .new_buckets_per_source_group = 64,
                      .tried_buckets_per_group = 1},
                     AddressRealm::internet};
    const NetworkAddress old = address_in(1, 1);
    const NetworkAddress rival = address_in(2, 1);
    for (const auto& address : {old, rival}) {
        tiny.add({.address = address, .heard_at = seconds_of(now)}, address, Duration{}, now,
                 random);
        tiny.succeeded(address, now);
    }
    EXPECT_EQ(tiny.draw_contested(random), old);
    tiny.settle_collisions(now + seconds(3'600));
    EXPECT_EQ(tiny.draw_contested(random), std::nullopt) << "it answered an hour ago";

    now = now + seconds(5 * 3'600);
    tiny.succeeded(rival, now);
    tiny.called(old, true, now);
    tiny.settle_collisions(now + seconds(30));
    EXPECT_TRUE(tiny.find(old)->tried) << "the call may still succeed";
    tiny.settle_collisions(now + seconds(61));
    EXPECT_TRUE(tiny.find(rival)->tried);
    EXPECT_FALSE(tiny.find(old)->tried);
    EXPECT_EQ(tiny.find(old)->places().size(), 1U) << "it goes back to where it came from";
    tiny.check_invariants();
}

TEST_F(Book, TheTerribleMakeRoom) {
    KnownAddress known;
    known.heard_at = seconds_of(now);
    EXPECT_FALSE(is_terrible(known, seconds_of(now)));
    EXPECT_TRUE(is_terrible(known, seconds_of(now + seconds(31 * 86'400))));
    known.failures = 3;
    EXPECT_TRUE(is_terrible(known, seconds_of(now)));
    known.tried_at = seconds_of(now);
    EXPECT_FALSE(is_terrible(known, seconds_of(now + seconds(60)))) << "it was just called";
    known.tried_at = 0;
    known.succeeded_at = seconds_of(now - seconds(86'400));
    known.failures = 10;
    EXPECT_FALSE(is_terrible(known, seconds_of(now)));
    known.succeeded_at = seconds_of(now - seconds(8 * 86'400));
    EXPECT_TRUE(is_terrible(known, seconds_of(now)));
    known = {};
    known.heard_at = seconds_of(now + seconds(700));
    EXPECT_TRUE(is_terrible(known, seconds_of(now))) << "from the future";
}

TEST_F(Book, FailuresCountOnceWhileNobodyAnswers) {
    add(address_in(1, 1), address_in(1, 1));
    for (int i = 0; i < 5; ++i) book.called(address_in(1, 1), true, now = now + seconds(600));
    EXPECT_EQ(book.find(address_in(1, 1))->failures, 1U) << "it may be we who are cut off";
    book.succeeded(address_in(2, 2), now = now + seconds(1));
    book.called(address_in(1, 1), true, now = now + seconds(600));
    EXPECT_EQ(book.find(address_in(1, 1))->failures, 2U);
    book.called(address_in(1, 1), false, now = now + seconds(600));
    EXPECT_EQ(book.find(address_in(1, 1))->failures, 2U);
}

TEST_F(Book, TriedAndNewAreDrawnAlikeAndFailuresSeldom) {
    make_tried(address_in(1, 1));
    for (std::uint32_t group = 2; group < 40; ++group)
        add(address_in(group, 1), address_in(group, 1));
    now = now + seconds(3'600);
    std::size_t tried = 0;
    std::map<NetworkAddress, std::size_t> counts;
    const NetworkAddress failing = address_in(2, 1);
    for (int i = 0; i < 8; ++i) {
        book.succeeded(address_in(999, 1), now = now + seconds(1));
        book.called(failing, true, now = now + seconds(1));
    }
    now = now + seconds(3'600);
    for (int i = 0; i < 4'000; ++i) {
        const NetworkAddress drawn = *book.draw(AddressBook::Among::all, now, random);
        tried += book.find(drawn)->tried ? 1U : 0U;
        ++counts[drawn];
        const NetworkAddress fresh = *book.draw(AddressBook::Among::only_new, now, random);
        EXPECT_FALSE(book.find(fresh)->tried);
    }
    EXPECT_NEAR(static_cast<double>(tried), 2'000, 150);
    EXPECT_LT(counts[failing] * 5, counts[address_in(3, 1)]) << "0.66 to the eighth is 0.036";
}

TEST_F(Book, SamplesAreOfThoseThatMayBeThere) {
    for (std::uint32_t group = 0; group < 100; ++group)
        add(address_in(group, 1), address_in(group, 1));
    book.succeeded(address_in(1, 1), now);
    const auto sample = book.sample(23, now, random);
    EXPECT_EQ(sample.size(), 23U);
    std::set<NetworkAddress> different;
    for (const HeardAddress& heard : sample) different.insert(heard.address);
    EXPECT_EQ(different.size(), 23U);
    EXPECT_TRUE(book.sample(1'000, now + seconds(40 * 86'400), random).empty());
}

}  // namespace
}  // namespace bezant::test
