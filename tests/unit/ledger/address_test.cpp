// SPDX-License-Identifier: Apache-2.0
#include "ledger/address.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/bech32m.hpp"
#include "crypto/bit_groups.hpp"
#include "tests/unit/ledger/random_ledger.hpp"

namespace bezant {
namespace {

using testing::HasSubstr;

AddressReason refused(std::string_view address, std::string_view prefix = "bzt") {
    const auto owner = owner_of_address(address, prefix);
    EXPECT_FALSE(owner) << address;
    return owner ? AddressReason{} : owner.error().reason;
}

std::string address_with(Byte version, std::size_t hash_bytes) {
    Bytes groups = to_five_bit_groups(Bytes(hash_bytes, 7));
    groups.insert(groups.begin(), version);
    return bech32m_encode_groups("bzt", groups);
}

TEST(Address, NamesItsOwner) {
    Random random{1};
    for (int i = 0; i < 200; ++i) {
        const auto owner = random_fixed<PublicKeyHash>(random);
        const std::string address = address_of(owner, "bzt");
        ASSERT_EQ(address.size(), 63U);
        ASSERT_TRUE(address.starts_with("bzt1q")) << address;
        ASSERT_EQ(owner_of_address(address, "bzt").value(), owner);
    }
}

TEST(Address, MayBeWrittenInCapitals) {
    std::string address = address_of(PublicKeyHash{}, "bzt");
    for (char& letter : address) letter = static_cast<char>(std::toupper(letter));
    EXPECT_EQ(owner_of_address(address, "bzt").value(), PublicKeyHash{});
}

TEST(Address, WithAnyOneCharacterChangedIsRefused) {
    const std::string address = address_of(PublicKeyHash{}, "bzt");
    for (std::size_t i = 0; i < address.size(); ++i) {
        for (const char letter : std::string_view{"qpzry9x8gf2tvdw0s3jn54khce6mua7l1b"}) {
            std::string mistyped = address;
            mistyped[i] = letter;
            ASSERT_TRUE(mistyped == address || !owner_of_address(mistyped, "bzt")) << mistyped;
        }
    }
}

TEST(Address, OfAnotherNetworkIsRefusedAndBothAreNamed) {
    const auto owner = owner_of_address(address_of(PublicKeyHash{}, "tbzt"), "bzt");
    ASSERT_FALSE(owner);
    EXPECT_EQ(owner.error().reason, AddressReason::other_network);
    EXPECT_THAT(owner.error().text, HasSubstr("\"bzt\""));
    EXPECT_THAT(owner.error().text, HasSubstr("\"tbzt\""));
}

TEST(Address, RefusalsSayWhatIsWrong) {
    EXPECT_EQ(refused(""), AddressReason::not_bech32m);
    EXPECT_EQ(refused("bzt1qqqqqq"), AddressReason::not_bech32m);
    EXPECT_EQ(refused(bech32m_encode_groups("bzt", {})), AddressReason::unknown_version);
    EXPECT_EQ(refused(address_with(1, 32)), AddressReason::unknown_version);
    EXPECT_EQ(refused(address_with(0, 31)), AddressReason::wrong_length);
    EXPECT_EQ(refused(address_with(0, 33)), AddressReason::wrong_length);
    EXPECT_EQ(refused(bech32m_encode_groups("bzt", Bytes(54, 0))), AddressReason::wrong_length);
    EXPECT_EQ(owner_of_address("x", "bzt").error().text, to_text(Bech32mError::no_separator));
}

}  // namespace
}  // namespace bezant
