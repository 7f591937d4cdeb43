// SPDX-License-Identifier: Apache-2.0
#include "sim/address_directory.hpp"

#include <gtest/gtest.h>

#include <set>

namespace bezant::sim {
namespace {

TEST(AddressDirectory, GivesEveryoneAGroupOfTheirOwnThatAnybodyCanCall) {
    constexpr std::uint32_t participants = AddressDirectory::groups;
    const AddressDirectory directory{participants};
    std::set<NetworkGroup> groups;
    for (ParticipantId who = 0; who < participants; ++who) {
        const NetworkAddress& home = directory.home(who);
        ASSERT_TRUE(is_routable(home, AddressRealm::internet)) << to_text(home);
        ASSERT_EQ(directory.find(home), who);
        groups.insert(group_of(home));
    }
    EXPECT_EQ(groups.size(), participants);
}

TEST(AddressDirectory, PutsSeveralInAGroupWhereThereAreMoreThanGroups) {
    const AddressDirectory directory{1'000'000};
    EXPECT_EQ(group_of(directory.home(0)), group_of(directory.home(AddressDirectory::groups)));
    EXPECT_EQ(directory.find(directory.home(999'999)), 999'999U);
}

TEST(AddressDirectory, KnowsWhoClaimsAnAddressAndLetsItsOriginsTakeTurns) {
    AddressDirectory directory{2};
    const NetworkAddress alias{.host = ipv4_host(91, 0, 0, 1), .port = 7'333};
    EXPECT_EQ(directory.find(alias), std::nullopt);
    directory.claim(1, alias);
    EXPECT_EQ(directory.find(alias), 1U);
    EXPECT_EQ(directory.next_origin(1).host, directory.home(1).host);
    const NetworkAddress second = directory.next_origin(1);
    EXPECT_EQ(second.host, alias.host);
    EXPECT_EQ(directory.find(second), std::nullopt) << "nobody answers where a call comes from";
    EXPECT_EQ(directory.next_origin(1).host, directory.home(1).host);
    EXPECT_EQ(directory.next_origin(0).host, directory.home(0).host);
}

}  // namespace
}  // namespace bezant::sim
