// SPDX-License-Identifier: Apache-2.0
#include "wallet/coin_choice.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "tests/seeds.hpp"
#include "tests/unit/wallet/wallets.hpp"
#include "wallet/branch_and_bound.hpp"

namespace bezant::wallet {
namespace {

constexpr std::size_t usual_bytes_max = 100'000;

std::vector<SpentCoin> coins_worth(const std::vector<std::uint64_t>& amounts) {
    std::vector<SpentCoin> coins;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        SpentCoin& coin = coins.emplace_back();
        coin.coin.index = static_cast<std::uint32_t>(i);
        coin.output.amount = Amount{amounts[i]};
    }
    return coins;
}

ChoiceOrder pay(std::uint64_t amount, std::uint64_t units_per_byte) {
    return {Amount{amount}, 1, units_per_byte, usual_bytes_max};
}

Result<CoinChoice, ChoiceError> chosen(const std::vector<std::uint64_t>& amounts,
                                       const ChoiceOrder& order, std::uint64_t seed = 1) {
    Random random{seed};
    return choose_coins(coins_worth(amounts), order, random);
}

std::uint64_t fee_of_rate(const CoinChoice& choice, const ChoiceOrder& order) {
    const std::size_t outputs = order.output_count + (choice.change == Amount{} ? 0 : 1);
    return order.units_per_byte * encoded_size_of_transaction(choice.coins.size(), outputs);
}

// What every choice must be, whatever found it.
void expect_sound(const CoinChoice& choice, const ChoiceOrder& order) {
    std::set<OutPoint> different;
    for (const SpentCoin& coin : choice.coins) {
        different.insert(coin.coin);
        RC_ASSERT(coin.output.amount.value > input_bytes * order.units_per_byte);
    }
    RC_ASSERT(different.size() == choice.coins.size());
    RC_ASSERT(choice.sum().value == order.amount.value + choice.fee.value + choice.change.value);
    const std::uint64_t fee = fee_of_rate(choice, order);
    if (choice.change == Amount{}) {
        RC_ASSERT(choice.fee.value >= fee);
        RC_ASSERT(choice.fee.value - fee <= cost_of_change(order.units_per_byte).value);
    } else {
        RC_ASSERT(choice.fee.value == fee);
        RC_ASSERT(choice.change >= dust_limit(order.units_per_byte));
    }
}

/// The least that a set of coins without change overpays, of all sets that are worth enough; and
/// whether there is any such set.
struct BruteForce {
    bool sufficient = false;
    std::uint64_t least_excess = UINT64_MAX;
};

BruteForce try_all(const std::vector<std::uint64_t>& amounts, const ChoiceOrder& order) {
    BruteForce result;
    for (std::uint32_t set = 1; set < 1U << amounts.size(); ++set) {
        std::uint64_t sum = 0;
        std::size_t count = 0;
        bool worthwhile = true;
        for (std::size_t i = 0; i < amounts.size(); ++i) {
            if ((set >> i & 1U) == 0) continue;
            sum += amounts[i];
            ++count;
            worthwhile &= amounts[i] > input_bytes * order.units_per_byte;
        }
        const std::uint64_t price =
            order.amount.value +
            order.units_per_byte * encoded_size_of_transaction(count, order.output_count);
        if (sum < price) continue;
        result.sufficient = true;
        if (worthwhile) result.least_excess = std::min(result.least_excess, sum - price);
    }
    return result;
}

std::vector<std::uint64_t> random_amounts(Random& random, std::size_t count_max) {
    std::vector<std::uint64_t> amounts(random.below(count_max + 1));
    const std::uint64_t scale = std::uint64_t{1} << random.below(20);
    for (std::uint64_t& amount : amounts) amount = 1 + random.below(scale);
    return amounts;
}

TEST(CoinChoice, IsWhatTryingEverySetGives) {
    std::size_t exact = 0;
    std::size_t with_change = 0;
    std::size_t refused = 0;
    for (std::uint64_t seed = 0; seed < test::seeds_to_try(3'000); ++seed) {
        Random random{seed};
        const auto amounts = random_amounts(random, 10);
        const std::uint64_t all = std::reduce(amounts.begin(), amounts.end());
        const ChoiceOrder order = pay(1 + random.below(all + 10), random.below(4));
        const BruteForce best = try_all(amounts, order);
        const auto choice = chosen(amounts, order, seed);
        ASSERT_EQ(choice.has_value(), best.sufficient) << seed;
        if (!choice) {
            ASSERT_EQ(error_of(choice), ChoiceError::insufficient_funds);
            ++refused;
            continue;
        }
        ASSERT_NO_THROW(expect_sound(*choice, order)) << seed;
        const std::uint64_t window = cost_of_change(order.units_per_byte).value;
        ASSERT_EQ(choice->change == Amount{}, best.least_excess <= window) << seed;
        if (choice->change == Amount{}) {
            ASSERT_EQ(choice->fee.value - fee_of_rate(*choice, order), best.least_excess) << seed;
            ++exact;
        } else {
            ++with_change;
        }
    }
    EXPECT_GT(exact, 20U);
    EXPECT_GT(with_change, 20U);
    EXPECT_GT(refused, 20U);
}

TEST(CoinChoice, ManyCoinsMakeASoundChoice) {
    for (std::uint64_t seed = 0; seed < test::seeds_to_try(200); ++seed) {
        Random random{seed};
        const auto amounts = random_amounts(random, 600);
        const std::uint64_t all = std::reduce(amounts.begin(), amounts.end());
        const ChoiceOrder order = pay(1 + random.below(all + 1), random.below(3));
        const auto choice = chosen(amounts, order, seed);
        if (!choice) continue;
        std::size_t worth_their_fee = 0;
        for (const auto amount : amounts)
            worth_their_fee += amount > input_bytes * order.units_per_byte ? 1 : 0;
        ASSERT_LE(choice->coins.size(), worth_their_fee);
        ASSERT_NO_THROW(expect_sound(*choice, order)) << seed;
    }
}

TEST(CoinChoice, TheOrderOfTheCandidatesDoesNotMatter) {
    Random random{5};
    for (std::uint64_t seed = 0; seed < test::seeds_to_try(200); ++seed) {
        const auto candidates = coins_worth(random_amounts(random, 30));
        auto shuffled = candidates;
        random.shuffle(shuffled);
        const ChoiceOrder order = pay(1 + random.below(1000), random.below(3));
        Random one{seed};
        Random two{seed};
        const auto left = choose_coins(candidates, order, one);
        const auto right = choose_coins(shuffled, order, two);
        ASSERT_EQ(left.has_value(), right.has_value());
        if (!left) continue;
        ASSERT_EQ(left->fee, right->fee);
        ASSERT_TRUE(
            std::ranges::equal(left->coins, right->coins, {}, &SpentCoin::coin, &SpentCoin::coin));
    }
}

TEST(CoinChoice, AnotherSeedDrawsOtherCoins) {
    const std::vector<std::uint64_t> amounts(40, 1000);
    std::set<std::uint32_t> first;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        first.insert(chosen(amounts, pay(1500, 1), seed)->coins.front().coin.index);
    }
    EXPECT_GT(first.size(), 5U);
}

TEST(CoinChoice, AnExactMatchPaysNoChange) {
    const auto choice = chosen({5, 7, 11, 100}, pay(18, 0)).value();
    EXPECT_EQ(choice.change, Amount{});
    EXPECT_EQ(choice.fee, Amount{});
    EXPECT_EQ(choice.coins.size(), 2U);
}

TEST(CoinChoice, ChangeThatIsDustGoesToTheMiner) {
    EXPECT_EQ(dust_limit(0), Amount{1});
    EXPECT_EQ(dust_limit(2), Amount{264});
    EXPECT_EQ(cost_of_change(2), Amount{344});
    // 182 bytes with one input and one output, 222 with change.
    const auto no_change = chosen({10'000}, pay(10'000 - 222 - 131, 1)).value();
    EXPECT_EQ(no_change.change, Amount{});
    EXPECT_EQ(no_change.fee, Amount{222 + 131});
    const auto change = chosen({10'000}, pay(10'000 - 222 - 173, 1)).value();
    EXPECT_EQ(change.change, Amount{173});
    EXPECT_EQ(change.fee, Amount{222});
}

TEST(CoinChoice, CoinsNotWorthTheirFeeStayWhereTheyAre) {
    EXPECT_EQ(error_of(chosen({132, 132, 132, 400}, pay(300, 1))), ChoiceError::insufficient_funds);
    EXPECT_EQ(chosen({132, 132, 132, 482}, pay(300, 1))->coins.size(), 1U);
}

TEST(CoinChoice, ATransactionThatWouldBeTooLongIsRefusedAsThat) {
    ChoiceOrder order = pay(9'000, 0);
    const std::vector<std::uint64_t> amounts(20, 1'000);
    order.transaction_bytes_max = encoded_size_of_transaction(9, 1);
    EXPECT_EQ(chosen(amounts, order)->coins.size(), 9U);
    order.transaction_bytes_max -= 1;
    EXPECT_EQ(error_of(chosen(amounts, order)), ChoiceError::too_many_coins);
    // Room for the coins, but none for change that is no dust: it is not given to the miner.
    order = pay(8'500, 0);
    order.transaction_bytes_max = encoded_size_of_transaction(9, 1);
    EXPECT_EQ(error_of(chosen(amounts, order)), ChoiceError::too_many_coins);
}

// A draw of small coins would be too long, though a large one alone is enough.
TEST(CoinChoice, TheLargestAreTakenWhereADrawWouldBeTooLong) {
    std::vector<std::uint64_t> amounts(500, 1'000);
    amounts.push_back(1'000'000);
    ChoiceOrder order = pay(400'000, 1);
    order.transaction_bytes_max = encoded_size_of_transaction(2, 2);
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        EXPECT_EQ(chosen(amounts, order, seed)->coins.back().output.amount, Amount{1'000'000});
    }
}

// More inputs than the search looks at, and nothing left for change.
TEST(CoinChoice, AllCoinsAreSpentWhereAllAreNeeded) {
    const std::vector<std::uint64_t> amounts(300, 1'000);
    const std::uint64_t all = 300'000 - encoded_size_of_transaction(300, 1);
    EXPECT_EQ(chosen(amounts, pay(all, 1))->coins.size(), 300U);
    EXPECT_EQ(chosen(amounts, pay(all - 171, 1))->change, Amount{});
    EXPECT_EQ(chosen(amounts, pay(all - 172, 1))->change, Amount{132});
    EXPECT_EQ(error_of(chosen(amounts, pay(all + 1, 1))), ChoiceError::insufficient_funds);
}

TEST(CoinChoice, OrdersOutOfRangeAreRefused) {
    const std::vector<std::uint64_t> amounts{1'000};
    EXPECT_EQ(error_of(chosen(amounts, pay(0, 1))), ChoiceError::out_of_range);
    EXPECT_EQ(error_of(chosen(amounts, pay(UINT64_MAX, 1))), ChoiceError::out_of_range);
    EXPECT_EQ(error_of(chosen(amounts, pay(1, units_per_byte_max + 1))), ChoiceError::out_of_range);
    EXPECT_EQ(error_of(chosen(amounts, pay(1, units_per_byte_max))),
              ChoiceError::insufficient_funds);
    ChoiceOrder order = pay(1, 0);
    order.output_count = 10'000;
    EXPECT_EQ(error_of(chosen(amounts, order)), ChoiceError::out_of_range);
    EXPECT_EQ(chosen({UINT64_MAX}, pay(UINT64_MAX, 0))->change, Amount{});
}

TEST(CoinChoice, EachErrorHasASentence) {
    for (const ChoiceError error : {ChoiceError::out_of_range, ChoiceError::insufficient_funds,
                                    ChoiceError::too_many_coins}) {
        EXPECT_FALSE(to_text(error).empty());
    }
}

TEST(BranchAndBound, HoldsToItsCount) {
    const std::vector<std::uint64_t> values{4, 3, 3, 3};
    EXPECT_EQ(least_sum_within(values, {9, 9, 3}), (std::vector<std::size_t>{1, 2, 3}));
    EXPECT_FALSE(least_sum_within(values, {9, 9, 2}));
    EXPECT_EQ(least_sum_within(values, {8, 10, 3}), (std::vector<std::size_t>{1, 2, 3}));
    EXPECT_FALSE(least_sum_within({}, {1, 5, 3}));
}

// Only four of the tens and all nines will do. Before them come all choices of more tens, which
// without this would be some hundred thousand.
TEST(BranchAndBound, DoesNotTryEqualValuesTwice) {
    std::vector<std::uint64_t> values(24, 10);
    values.insert(values.end(), 9, 9);
    const auto places = least_sum_within(values, {121, 121, 252});
    ASSERT_TRUE(places);
    EXPECT_EQ(places->size(), 13U);
}

}  // namespace
}  // namespace bezant::wallet
