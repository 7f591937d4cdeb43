// SPDX-License-Identifier: Apache-2.0
#include "mining/worker_book.hpp"

#include <gtest/gtest.h>

#include "mining/limits.hpp"

namespace bezant::test {
namespace {

using mining::ShareDifficulty;
using mining::ShareOutcome;
using mining::WorkerBook;

class Workers : public testing::Test {
protected:
    [[nodiscard]] double rate(const std::string& worker) const {
        return WorkerBook::hashes_per_second(book.workers().at(worker), now);
    }

    WorkerBook book;
    Time now = from_unix_seconds(1'000'000);
};

TEST_F(Workers, AreCountedByName) {
    book.count("a", ShareOutcome::stale);
    book.count("a", ShareOutcome::low);
    book.count_accepted("b", {}, now);
    EXPECT_EQ(book.workers().at("a").of(ShareOutcome::stale), 1U);
    EXPECT_EQ(book.workers().at("a").of(ShareOutcome::low), 1U);
    EXPECT_EQ(book.workers().at("a").of(ShareOutcome::accepted), 0U);
    EXPECT_EQ(book.workers().at("b").of(ShareOutcome::accepted), 1U);
    EXPECT_EQ(book.workers().at("b").last_share_at, now);
}

TEST_F(Workers, BeyondTheBoundCountTogether) {
    for (std::size_t i = 0; i < mining::workers_max + 50; ++i)
        book.count("w" + std::to_string(i), ShareOutcome::stale);
    EXPECT_EQ(book.workers().size(), mining::workers_max + 1);
    EXPECT_EQ(book.workers().at("others").of(ShareOutcome::stale), 50U);
    book.count("w0", ShareOutcome::stale);
    EXPECT_EQ(book.workers().at("w0").of(ShareOutcome::stale), 2U);
}

TEST_F(Workers, RatesFollowTheSharesOfTheLastMinutesAndFade) {
    // A share of 2^32 hashes every four seconds is 2^30 hashes a second.
    for (int i = 0; i < 1'000; ++i) {
        now = now + seconds(4);
        book.count_accepted("a", {}, now);
    }
    constexpr double expected = 1'073'741'824.0;
    EXPECT_NEAR(rate("a"), expected, expected / 50);
    EXPECT_EQ(book.workers().at("a").hashes, 1'000 * 4 * expected);
    now = now + seconds(3'600);
    EXPECT_LT(rate("a"), expected / 1'000);
    now = now - seconds(7'200);
    EXPECT_LE(rate("a"), 1.02 * expected) << "a clock that is set back makes nobody faster";
}

TEST_F(Workers, WithoutAnAcceptedShareHaveNoRate) {
    book.count("a", ShareOutcome::stale);
    EXPECT_EQ(rate("a"), 0);
}

}  // namespace
}  // namespace bezant::test
