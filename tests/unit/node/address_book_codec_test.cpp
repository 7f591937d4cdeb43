// SPDX-License-Identifier: Apache-2.0
// The address book as a file: the example of docs/formats.md, round trips, and all that is refused.
#include "node/address_book_codec.hpp"

#include <gtest/gtest.h>

#include "node/limits.hpp"
#include "tests/seeds.hpp"
#include "tests/support/annotated.hpp"
#include "tests/support/document_examples.hpp"
#include "tests/support/network_addresses.hpp"

namespace bezant::test {
namespace {

constexpr std::uint32_t start = 1'767'225'600;

class AddressBookFile : public testing::Test {
protected:
    AddressBookFile() {
        secret.bytes.fill(7);
        book = AddressBook{secret, {}, AddressRealm::internet};
    }
    void add(const NetworkAddress& address, const NetworkAddress& source) {
        book.add({.address = address, .heard_at = start}, source, seconds(7'200),
                 from_unix_seconds(start), random);
    }
    static Result<RememberedPeers, DecodeError> read(ByteView file) {
        return decode_address_book(file, {}, AddressRealm::internet);
    }
    /// The file with its checksum made right.
    static Bytes sealed(Bytes file) {
        const Hash256 checksum = sha256(ByteView{file}.first(file.size() - 32));
        std::ranges::copy(checksum.bytes, file.end() - 32);
        return file;
    }
    static std::string fault_of(ByteView file) {
        const auto peers = read(file);
        return peers ? "none" : to_text(peers.error());
    }
    void expect_round_trip(std::span<const NetworkAddress> anchors) {
        const Bytes file = encode_address_book(book, anchors);
        const auto again = read(file);
        ASSERT_TRUE(again) << to_text(again.error());
        EXPECT_EQ(again->book.records(), book.records());
        EXPECT_EQ(again->book.secret(), book.secret());
        EXPECT_TRUE(std::ranges::equal(again->anchors, anchors));
        again->book.check_invariants();
        EXPECT_EQ(encode_address_book(again->book, again->anchors), file);
    }

    AddressSecret secret;
    Random random{1};
    AddressBook book{secret, {}, AddressRealm::internet};
};

void annotate(Annotated& expected, const NetworkAddress& address, const std::string& prefix) {
    expected.raw(address.host.view(), prefix + "host");
    expected.u16(address.port, prefix + "port");
}

TEST_F(AddressBookFile, IsAsTheDocumentShows) {
    const NetworkAddress tried{.host = ipv4_host(93, 184, 216, 34), .port = 7333};
    const NetworkAddress told = network_address_from_text("[2001:4860:4860::8888]:7334").value();
    add(tried, tried);
    book.succeeded(tried, from_unix_seconds(start + 60));
    add(told, tried);
    book.called(told, true, from_unix_seconds(start + 120));

    Annotated expected;
    expected.raw(Bytes{0x89, 0x42, 0x5a, 0x41, 0x0d, 0x0a, 0x1a, 0x0a}, "magic");
    expected.u32(1, "format version");
    expected.raw(secret.view(), "secret");
    expected.count(2, "address count");
    annotate(expected, tried, "");
    annotate(expected, tried, "source ");
    expected.u32(start, "heard");
    expected.u32(start + 60, "succeeded");
    expected.u32(0, "failures");
    expected.count(0, "new bucket count");
    annotate(expected, told, "");
    annotate(expected, tried, "source ");
    expected.u32(start - 7'200, "heard");
    expected.u32(0, "succeeded");
    expected.u32(1, "failures");
    expected.count(1, "new bucket count");
    expected.u16(static_cast<std::uint16_t>(book.find(told)->places()[0] / 64), "new bucket");
    expected.count(1, "anchor count");
    annotate(expected, tried, "anchor ");
    expected.raw(sha256(expected.bytes()).view(), "checksum");

    const std::string shown = example("address_book");
    EXPECT_EQ(shown, expected.lines());
    EXPECT_EQ(bytes_of_example(shown), encode_address_book(book, std::array{tried}));
    expect_fields_in_tables(shown);
    expect_round_trip(std::array{tried});
}

TEST_F(AddressBookFile, HoldsAllThatIsWorthKeeping) {
    expect_round_trip({});
    for (std::uint32_t i = 0; i < 3'000; ++i) {
        const auto group = static_cast<std::uint32_t>(random.below(300));
        const NetworkAddress address =
            address_in(group, static_cast<std::uint32_t>(random.below(50)));
        add(address, address_in(static_cast<std::uint32_t>(random.below(300)), 1));
        if (random.chance(1, 4)) book.succeeded(address, from_unix_seconds(start + i));
    }
    EXPECT_GT(book.tried_count(), 100U);
    EXPECT_GT(book.new_table().size(), book.new_count()) << "some are in several buckets";
    expect_round_trip(std::array{address_in(1, 1), address_in(2, 1)});
}

TEST_F(AddressBookFile, IsRefusedWhenAnythingIsAltered) {
    for (std::uint32_t i = 0; i < 20; ++i) add(address_in(i, 1), address_in(i, 1));
    const Bytes file = encode_address_book(book, std::array{address_in(1, 1)});
    for (std::size_t i = 0; i < file.size(); ++i) {
        Bytes altered = file;
        altered[i] ^= 1U;
        EXPECT_NE(fault_of(altered), "none") << i;
        EXPECT_NE(fault_of(ByteView{file}.first(i)), "none") << i;
    }
    Bytes longer = file;
    longer.push_back(0);
    EXPECT_NE(fault_of(longer), "none");
}

TEST_F(AddressBookFile, SaysWhatIsWrong) {
    add(address_in(1, 1), address_in(1, 1));
    add(address_in(2, 1), address_in(2, 1));
    const Bytes file = encode_address_book(book, {});
    constexpr std::size_t first = 8 + 4 + 32 + 1;
    constexpr std::size_t record = 18 + 18 + 12 + 1 + 2;
    const auto with = [&](std::size_t at, std::initializer_list<Byte> bytes) {
        Bytes altered = file;
        std::ranges::copy(bytes, altered.begin() + static_cast<std::ptrdiff_t>(at));
        return fault_of(sealed(std::move(altered)));
    };
    EXPECT_EQ(with(0, {'B'}), "magic at byte 0: not a file of this kind");
    EXPECT_EQ(with(8, {2}), "format version at byte 8: a version that is not known");
    EXPECT_EQ(with(44, {200}),
              "address count at byte 44: larger than the bytes left, or its bound, can hold");
    EXPECT_EQ(with(first + 12, {99}), "port at byte 112: holds a value that it may not")
        << "addresses ascend";
    EXPECT_EQ(with(first + 12, {10, 0, 0, 1}),
              "new bucket at byte 94: holds a value that it may not")
        << "a private address";
    EXPECT_EQ(with(first + record - 3, {9}),
              "new bucket count at byte 93: larger than the bytes left, or its bound, can hold");
    EXPECT_EQ(with(first + record - 2, {0, 4}),
              "new bucket at byte 94: holds a value that it may not")
        << "there are 1,024 buckets";
    EXPECT_EQ(with(first + 2 * record, {2}),
              "anchor count at byte 147: larger than the bytes left, or its bound, can hold");
    Bytes broken = file;
    broken.back() ^= 1U;
    EXPECT_EQ(fault_of(broken), "checksum at byte 148: does not match the bytes before it");
}

TEST_F(AddressBookFile, AnchorsAreFewAndCanBeCalled) {
    const auto file_with = [&](std::size_t count, const NetworkAddress& anchor) {
        Bytes file = encode_address_book(book, {});
        file.resize(file.size() - 33);
        Encoder out{file};
        out.size(count);
        for (std::size_t i = 0; i < count; ++i) {
            out.raw(anchor.host.view());
            out.u16(anchor.port);
        }
        out.raw(Bytes(32));
        return sealed(std::move(file));
    };
    EXPECT_EQ(fault_of(file_with(anchors_max, address_in(1, 1))), "none");
    EXPECT_NE(fault_of(file_with(anchors_max + 1, address_in(1, 1))), "none");
    EXPECT_NE(fault_of(file_with(1, address_in(1, 1, 0))), "none");
}

}  // namespace
}  // namespace bezant::test
