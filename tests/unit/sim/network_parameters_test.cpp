// SPDX-License-Identifier: Apache-2.0
#include "sim/network_parameters.hpp"

#include <gtest/gtest.h>

#include <array>

#include "sim/keys.hpp"

namespace bezant::sim {
namespace {

std::vector<PublicKeyHash> owners_of(const Keys& keys, std::uint32_t count) {
    std::vector<PublicKeyHash> owners;
    for (ParticipantId who = 0; who < count; ++who) {
        owners.push_back(public_key_hash(keys.of_participant(who).public_key()));
    }
    return owners;
}

TEST(NetworkParameters, FindTheTargetOfAnExpectedNumberOfHashes) {
    EXPECT_EQ(target_of_hashes(10'000), built_in_parameters("classroom")->target_limit);
    for (const std::uint64_t hashes : std::array{1ULL, 2ULL, 3ULL, 1'000ULL, 1ULL << 40U, ~0ULL}) {
        const auto target = target_from_compact(target_of_hashes(hashes));
        ASSERT_TRUE(target);
        const double work = work_of_target(*target).to_double();
        const auto wanted = static_cast<double>(hashes);
        EXPECT_NEAR(work / wanted, 1.0, 1.0 / 32'768) << hashes;
    }
}

TEST(NetworkParameters, OfTheClassroomWithoutOverridesAreTheBuiltInOnes) {
    const auto owners = owners_of(Keys{1}, 10);
    std::vector<Output> allocation;
    for (const PublicKeyHash& owner : owners) allocation.push_back({bezants(10), owner});
    EXPECT_EQ(network_parameters({}, owners), *built_in_parameters("classroom", allocation));
}

TEST(NetworkParameters, BendTheGenesisBlockWithTheTarget) {
    NetworkSettings settings;
    settings.hashes_per_block = 1'000'000;
    settings.allocation = bezants(3);
    const Parameters parameters = network_parameters(settings, owners_of(Keys{1}, 4));
    EXPECT_EQ(parameters.genesis.header.target, parameters.target_limit);
    EXPECT_EQ(parameters.genesis_hash, block_hash(parameters.genesis.header));
    EXPECT_EQ(scheduled_supply(Height{0}, parameters), bezants(12));
    EXPECT_NE(parameters.genesis_hash, built_in_parameters("classroom")->genesis_hash);
}

TEST(NetworkParameters, GiveTheAllocationInSeveralCoins) {
    NetworkSettings settings;
    settings.allocation = Amount{1'001};
    settings.allocation_coins = 4;
    const auto owners = owners_of(Keys{1}, 2);
    std::vector<Output> allocation;
    for (const PublicKeyHash& owner : owners) {
        allocation.push_back({Amount{251}, owner});
        for (int i = 0; i < 3; ++i) allocation.push_back({Amount{250}, owner});
    }
    EXPECT_EQ(network_parameters(settings, owners), *built_in_parameters("classroom", allocation));
    settings.allocation = Amount{3};
    const Parameters few = network_parameters(settings, owners);
    EXPECT_EQ(few.genesis.transactions.front().outputs.size(), 2U) << "no coin is worth nothing";
}

TEST(NetworkParameters, KeepTheHalfLifeInBlocks) {
    NetworkSettings settings;
    settings.rules = "test";
    settings.block_interval_seconds = 10;
    const Parameters parameters = network_parameters(settings, {});
    EXPECT_EQ(parameters.block_interval_seconds, 10U);
    EXPECT_EQ(parameters.half_life_seconds, 2'880U);
}

TEST(Keys, DifferByParticipantBranchAndSeed) {
    const Keys keys{1};
    EXPECT_EQ(keys.of_participant(0).public_key(), Keys{1}.of_participant(0).public_key());
    EXPECT_NE(keys.of_participant(0).public_key(), keys.of_participant(1).public_key());
    EXPECT_NE(keys.of_participant(0).public_key(), keys.of_stranger(0).public_key());
    EXPECT_NE(keys.of_participant(0).public_key(), Keys{2}.of_participant(0).public_key());
}

}  // namespace
}  // namespace bezant::sim
