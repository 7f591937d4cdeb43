// SPDX-License-Identifier: Apache-2.0
#include "base/suggestion.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace bezant {
namespace {

using namespace std::string_view_literals;

constexpr std::array names = {"ring"sv, "line"sv, "star"sv, "regular"sv, "erdos-renyi"sv};

TEST(Suggestion, CountsEachKindOfEdit) {
    EXPECT_EQ(edit_distance("", ""), 0U);
    EXPECT_EQ(edit_distance("", "abc"), 3U);
    EXPECT_EQ(edit_distance("seed", "sed"), 1U);
    EXPECT_EQ(edit_distance("seed", "seeds"), 1U);
    EXPECT_EQ(edit_distance("seed", "sead"), 1U);
    EXPECT_EQ(edit_distance("seed", "esed"), 1U);  // neighbours swapped
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
    EXPECT_EQ(edit_distance("Seed", "sEED"), 0U);
    EXPECT_EQ(edit_distance("ca", "abc"), 3U);  // no edit inside a swap
}

TEST(Suggestion, FindsWhatWasMeant) {
    EXPECT_EQ(nearest("rng", names), "ring");
    EXPECT_EQ(nearest("regualr", names), "regular");
    EXPECT_EQ(nearest("erdosrenyi", names), "erdos-renyi");
    EXPECT_EQ(nearest("RING", names), "ring");
    EXPECT_EQ(nearest("erdos", names), "erdos-renyi");  // the beginning of it
}

TEST(Suggestion, KeepsSilentWhenNothingIsNear) {
    EXPECT_EQ(nearest("mesh", names), std::nullopt);
    EXPECT_EQ(nearest("", names), std::nullopt);
    EXPECT_EQ(nearest("x", names), std::nullopt);
    EXPECT_EQ(nearest("ring", {}), std::nullopt);
    EXPECT_EQ(nearest(std::string(suggestion_word_max + 1, 'r'), names), std::nullopt);
}

TEST(Suggestion, TakesTheFirstOfEquals) {
    constexpr std::array both = {"cat"sv, "bat"sv};
    EXPECT_EQ(nearest("rat", both), "cat");
}

}  // namespace
}  // namespace bezant
