// SPDX-License-Identifier: Apache-2.0
#include "ledger/parameters.hpp"

#include <gtest/gtest.h>

#include <set>

#include "ledger/codec.hpp"
#include "ledger/parameters_codec.hpp"

namespace bezant {
namespace {

constexpr std::string_view names[] = {"main", "test", "local", "classroom"};

Parameters named(std::string_view name) { return built_in_parameters(name).value(); }

// Few blocks, odd numbers: 100, 50, 25, 12, 6, 3, 1 units, 3 blocks each.
Parameters small_network() {
    Parameters parameters = named("local");
    parameters.initial_subsidy = Amount{100};
    parameters.halving_interval = 3;
    return parameters;
}

Parameters with_allocation(std::uint64_t units) {
    const std::vector<Output> allocation{{Amount{units}, {}}, {Amount{1}, {}}};
    return built_in_parameters("classroom", allocation).value();
}

TEST(Networks, AreSoundAndKeptApart) {
    std::set<BlockHash> genesis_hashes;
    for (const std::string_view name : names) {
        const Parameters parameters = named(name);
        EXPECT_EQ(parameters.name, name);
        EXPECT_EQ(unsound_field(parameters), std::nullopt) << name;
        genesis_hashes.insert(parameters.genesis_hash);
    }
    EXPECT_EQ(genesis_hashes.size(), 4U);
    EXPECT_EQ(built_in_parameters("Main"), std::nullopt);
    EXPECT_EQ(built_in_parameters(""), std::nullopt);
}

TEST(Networks, OnlyMainHasItsAddresses) {
    EXPECT_EQ(named("main").address_prefix, "bzt");
    for (const std::string_view name : {"test", "local", "classroom"}) {
        EXPECT_EQ(named(name).address_prefix, "tbzt");
    }
}

TEST(Networks, MainHasTheValuesOfTheDesign) {
    const Parameters main = named("main");
    EXPECT_EQ(main.schedule, TargetSchedule::asert);
    EXPECT_EQ(main.target_limit, CompactTarget{0x1d00ffff});
    EXPECT_EQ(main.block_interval_seconds, 600U);
    EXPECT_EQ(main.half_life_seconds, 2U * 24 * 3600);
    EXPECT_EQ(main.coinbase_maturity, 100U);
    EXPECT_EQ(main.block_bytes_max, 4'000'000U);
    EXPECT_EQ(main.transaction_bytes_max, 100'000U);
    EXPECT_EQ(main.future_seconds_max, 7'200U);
}

TEST(Networks, ClassroomTakesTenThousandHashesABlock) {
    const Uint256 target = Uint256::max() / Uint256{10'000};
    EXPECT_EQ(named("classroom").target_limit, compact_from_target(target));
    EXPECT_EQ(named("classroom").schedule, TargetSchedule::fixed);
}

TEST(Genesis, AllocatesWhatItIsGiven) {
    const Parameters parameters = with_allocation(7);
    ASSERT_EQ(parameters.genesis.transactions.size(), 1U);
    const Transaction& coinbase = parameters.genesis.transactions[0];
    EXPECT_TRUE(coinbase.is_coinbase());
    EXPECT_EQ(coinbase.lock_height, Height{0});
    ASSERT_EQ(coinbase.outputs.size(), 2U);
    EXPECT_EQ(coinbase.outputs[0].amount, Amount{7});
    EXPECT_TRUE(coinbase.inputs[0].public_key.is_zero());
    EXPECT_TRUE(coinbase.inputs[0].signature.is_zero());
    EXPECT_EQ(parameters.genesis.header.merkle_root, merkle_root(parameters.genesis));
    EXPECT_EQ(parameters.genesis_hash, block_hash(parameters.genesis.header));
    EXPECT_NE(parameters.genesis_hash, named("classroom").genesis_hash);
}

TEST(Genesis, OfAnotherNameIsAnother) {
    const auto one = make_genesis("one", 5, CompactTarget{0x207fffff}, {});
    const auto two = make_genesis("two", 5, CompactTarget{0x207fffff}, {});
    EXPECT_NE(block_hash(one.header), block_hash(two.header));
    EXPECT_EQ(one.header.time, 5U);
    EXPECT_EQ(one.header.target, CompactTarget{0x207fffff});
}

TEST(Subsidy, HalvesAfterEachInterval) {
    const Parameters main = named("main");
    EXPECT_EQ(subsidy_at(Height{0}, main), Amount{0});
    EXPECT_EQ(subsidy_at(Height{1}, main), bezants(10));
    EXPECT_EQ(subsidy_at(Height{1'050'000}, main), bezants(10));
    EXPECT_EQ(subsidy_at(Height{1'050'001}, main), bezants(5));
    EXPECT_EQ(subsidy_at(Height{2'100'000}, main), bezants(5));
    EXPECT_EQ(subsidy_at(Height{2'100'001}, main), Amount{250'000'000});
    EXPECT_EQ(subsidy_at(Height{UINT32_MAX}, main), Amount{0});
}

TEST(Subsidy, IsShiftedOutNotAround) {
    const Parameters small = small_network();
    EXPECT_EQ(subsidy_at(Height{3 * 64}, small), Amount{0});
    EXPECT_EQ(subsidy_at(Height{3 * 64 + 1}, small), Amount{0});
    EXPECT_EQ(subsidy_at(Height{3 * 128 + 1}, small), Amount{0});
}

TEST(Supply, IsTwentyOneMillionInAll) {
    const Amount supply = maximum_supply(named("main"));
    EXPECT_LE(supply, bezants(21'000'000));
    EXPECT_GT(supply, bezants(20'999'999));
}

TEST(Supply, EqualsTheSumOfTheSubsidies) {
    Parameters parameters = small_network();
    parameters.genesis = with_allocation(41).genesis;
    Amount sum{42};
    for (std::uint32_t height = 0; height < 300; ++height) {
        sum.value += subsidy_at(Height{height}, parameters).value;
        ASSERT_EQ(scheduled_supply(Height{height}, parameters), sum) << height;
    }
    EXPECT_EQ(maximum_supply(parameters), sum);
    EXPECT_EQ(scheduled_supply(Height{UINT32_MAX}, parameters), sum);
}

TEST(Supply, ThatDoesNotFitIsNoticed) {
    EXPECT_EQ(checked_maximum_supply(with_allocation(UINT64_MAX)), std::nullopt);
    EXPECT_EQ(checked_maximum_supply(with_allocation(UINT64_MAX - 1)), std::nullopt);
    Parameters parameters = named("local");
    parameters.initial_subsidy = Amount{UINT64_MAX};
    EXPECT_EQ(checked_maximum_supply(parameters), std::nullopt);
    parameters.halving_interval = 1;
    EXPECT_EQ(checked_maximum_supply(parameters), std::nullopt);
    parameters.initial_subsidy = Amount{UINT64_MAX / 2};
    EXPECT_TRUE(checked_maximum_supply(parameters));
    parameters.initial_subsidy = Amount{std::uint64_t{1} << 63U};
    parameters.halving_interval = 2;  // the first part alone is 2^64, which would wrap to 0
    EXPECT_EQ(checked_maximum_supply(parameters), std::nullopt);
    EXPECT_DEATH((void)maximum_supply(with_allocation(UINT64_MAX)), "fits into 64 bits");
    EXPECT_DEATH((void)scheduled_supply(Height{1}, with_allocation(UINT64_MAX)), "fits into 64");
    parameters.halving_interval = 0;
    EXPECT_DEATH((void)subsidy_at(Height{1}, parameters), "halves after a number of blocks");
}

}  // namespace
}  // namespace bezant
