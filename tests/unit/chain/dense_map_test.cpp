// SPDX-License-Identifier: Apache-2.0
#include "chain/dense_map.hpp"

#include <gtest/gtest.h>

#include <map>

#include "base/random.hpp"
#include "chain/fact_index.hpp"
#include "tests/seeds.hpp"

namespace bezant {
namespace {

using Map = DenseMap<TransactionIndex, std::uint64_t>;

TransactionIndex index(std::uint64_t value) {
    return TransactionIndex{static_cast<std::uint32_t>(value)};
}

/// A map beside its plain twin: everything is done to both.
class MapTwins {
public:
    void emplace(TransactionIndex at, std::uint64_t value) {
        const auto* placed = fast_.emplace(at, value);
        ASSERT_EQ(placed != nullptr, plain_.emplace(at, value).second);
        if (placed != nullptr) places_[at] = placed;
    }
    void erase(TransactionIndex at) {
        ASSERT_EQ(fast_.erase(at), plain_.erase(at) == 1);
        places_.erase(at);
    }
    void expect_same() const {
        ASSERT_EQ(fast_.size(), plain_.size());
        auto next = plain_.begin();
        fast_.for_each([&](TransactionIndex at, const std::uint64_t& value) {
            ASSERT_NE(next, plain_.end());
            EXPECT_EQ(at, next->first);
            EXPECT_EQ(value, next->second);
            EXPECT_EQ(&value, places_.at(at)) << "a value stays where it is";
            EXPECT_EQ(fast_.find(at), &value);
            ++next;
        });
        EXPECT_EQ(next, plain_.end());
    }
    [[nodiscard]] std::size_t memory_bytes() const { return fast_.memory_bytes(); }

private:
    Map fast_;
    std::map<TransactionIndex, std::uint64_t> plain_;
    std::map<TransactionIndex, const std::uint64_t*> places_;
};

TEST(DenseMap, FindsNothingWhereNothingIs) {
    Map map;
    EXPECT_EQ(map.find(index(0)), nullptr);
    map.emplace(index(100), 1);
    for (const std::uint64_t other : {0U, 31U, 99U, 101U, 1'000U, 0x7fff'ffffU})
        EXPECT_FALSE(map.contains(index(other))) << other;
    EXPECT_TRUE(map.erase(index(100)));
    EXPECT_FALSE(map.erase(index(100)));
    EXPECT_TRUE(map.empty());
    map.emplace(index(3), 2);
    EXPECT_EQ(map[index(3)], 2U);
}

TEST(DenseMap, IsTheSameAsAPlainMapWhileTheIndicesInUseMoveOn) {
    for (std::uint64_t seed = 0; seed < test::seeds_to_try(30); ++seed) {
        SCOPED_TRACE(seed);
        Random random{seed};
        MapTwins twins;
        const std::uint64_t window = 1 + random.below(300);
        for (std::uint64_t step = 0; step < 3'000; ++step) {
            const std::uint64_t base = random.chance(1, 20) ? random.below(2'000) : step / 2;
            const TransactionIndex at = index(base + random.below(window));
            if (random.chance(1, 2)) {
                twins.emplace(at, random.next());
            } else {
                twins.erase(at);
            }
            if (step % 100 == 0) twins.expect_same();
        }
        twins.expect_same();
    }
}

TEST(DenseMap, GivesBackTheMemoryOfWhatIsErased) {
    Map map;
    for (std::uint64_t i = 0; i < 100'000; ++i) {
        map.emplace(index(i), i);
        if (i >= 1'000) map.erase(index(i - 1'000));
    }
    EXPECT_EQ(map.size(), 1'000U);
    EXPECT_LT(map.memory_bytes(), 1'100 * sizeof(std::uint64_t) + 2'000);
}

}  // namespace
}  // namespace bezant
