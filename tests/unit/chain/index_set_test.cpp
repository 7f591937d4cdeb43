// SPDX-License-Identifier: Apache-2.0
#include "chain/index_set.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/random.hpp"
#include "tests/seeds.hpp"

namespace bezant {
namespace {

/// A set beside its plain twin: everything is done to both.
class Twins {
public:
    void insert(std::uint32_t index) {
        ASSERT_EQ(fast_.insert(index), plain_.insert(index).second) << index;
    }
    void erase(std::uint32_t index) {
        fast_.erase(index);
        plain_.erase(index);
    }
    void expect_same(std::uint32_t below) const {
        ASSERT_EQ(fast_.count(), plain_.size());
        for (std::uint32_t i = 0; i < below; ++i)
            ASSERT_EQ(fast_.contains(i), plain_.contains(i)) << i;
    }

private:
    IndexSet fast_;
    std::set<std::uint32_t> plain_;
};

TEST(IndexSet, IsEmptyAtFirst) {
    const IndexSet set;
    EXPECT_EQ(set.count(), 0U);
    EXPECT_FALSE(set.contains(0));
    EXPECT_FALSE(set.contains(UINT32_MAX));
}

TEST(IndexSet, SaysWhetherAnIndexWasNew) {
    IndexSet set;
    EXPECT_TRUE(set.insert(70));
    EXPECT_FALSE(set.insert(70));
    set.erase(70);
    set.erase(70);
    EXPECT_EQ(set.count(), 0U);
    EXPECT_TRUE(set.insert(70));
}

TEST(IndexSet, IsTheSameAsAPlainSetWhenItGrowsFromBelow) {
    for (std::uint64_t seed = 0; seed < test::seeds_to_try(40); ++seed) {
        Random random{seed};
        const std::uint64_t holes_in_thousand = random.below(40);
        constexpr std::uint32_t size = 3000;
        Twins twins;
        for (std::uint32_t i = 0; i < size; ++i) {
            const auto near = static_cast<std::uint32_t>(random.below(i + 100));
            if (!random.chance(holes_in_thousand, 1000)) twins.insert(i);
            if (random.chance(1, 20)) twins.insert(near);
            if (random.chance(1, 20)) twins.erase(near);
            if (i % 500 == 0) twins.expect_same(i + 200);
        }
        twins.expect_same(size + 200);
    }
}

TEST(IndexSet, FillsAndOpensHolesAmongTheLowOnes) {
    Random random{7};
    Twins twins;
    for (std::uint32_t i = 0; i < 4096; ++i) twins.insert(i);
    for (int i = 0; i < 3000; ++i) {
        // Few places, so that holes touch, merge and split.
        const auto index = static_cast<std::uint32_t>(random.below(24));
        if (random.chance(1, 2)) {
            twins.insert(index);
        } else {
            twins.erase(index);
        }
        twins.expect_same(32);
    }
}

TEST(IndexSet, TakesNearlyNothingForIndicesThatAreAllIn) {
    IndexSet set;
    for (std::uint32_t i = 0; i < 1'000'000; ++i) set.insert(i);
    EXPECT_LT(set.memory_bytes(), 1000U);
}

TEST(IndexSet, TakesLittleForIndicesThatAreNearlyAllIn) {
    IndexSet set;
    for (std::uint32_t i = 0; i < 1'000'000; ++i) {
        if (i % 1000 != 0) set.insert(i);
    }
    EXPECT_LT(set.memory_bytes(), 2U * 8U * 1000U + 1000U);
}

TEST(IndexSet, TakesNoMoreThanItsBitsForAnyOther) {
    IndexSet set;
    for (std::uint32_t i = 1; i < 1'000'000; i += 2) set.insert(i);
    EXPECT_LT(set.memory_bytes(), 2U * 1'000'000U / 8U + 1000U);
}

TEST(IndexSet, KeepsALateComersHoleAsOneRun) {
    IndexSet set;
    for (std::uint32_t i = 500'000; i < 1'000'000; ++i) set.insert(i);
    EXPECT_LT(set.memory_bytes(), 1000U);
    EXPECT_FALSE(set.contains(499'999));
    EXPECT_TRUE(set.contains(500'000));
    EXPECT_EQ(set.count(), 500'000U);
}

TEST(IndexSet, MergesHolesThatTouch) {
    IndexSet set;
    for (std::uint32_t i = 0; i < 10'000; ++i) set.insert(i);
    for (std::uint32_t i = 0; i < 1000; ++i) set.erase(i);
    for (std::uint32_t i = 2000; i > 1000; --i) set.erase(i);
    set.erase(1000);
    EXPECT_LT(set.memory_bytes(), 1000U);
    for (std::uint32_t i = 2000; i > 0; --i) set.insert(i);
    EXPECT_LT(set.memory_bytes(), 1000U);
    EXPECT_EQ(set.count(), 9999U);
}

}  // namespace
}  // namespace bezant
