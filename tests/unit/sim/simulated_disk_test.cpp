// SPDX-License-Identifier: Apache-2.0
#include "sim/simulated_disk.hpp"

#include <gmock/gmock.h>

namespace bezant::sim {
namespace {

using testing::ElementsAre;

TEST(SimulatedDisk, LosesInACrashWhatWasNotSynced) {
    SimulatedDisk disk;
    EXPECT_TRUE(disk.append(BlockIndex{3}));
    EXPECT_TRUE(disk.append(BlockIndex{1}));
    EXPECT_TRUE(disk.sync(BlockIndex{1}));
    EXPECT_TRUE(disk.append(BlockIndex{7}));
    disk.crash();
    EXPECT_THAT(disk.load().value(), ElementsAre(BlockIndex{3}, BlockIndex{1}));
    EXPECT_EQ(disk.appended(), 2U);
}

TEST(SimulatedDisk, SyncsInTheOrderOfWriting) {
    SimulatedDisk disk;
    for (const std::uint32_t block : {5U, 6U, 7U}) EXPECT_TRUE(disk.append(BlockIndex{block}));
    disk.sync_first(2);
    disk.sync_first(1);
    EXPECT_EQ(disk.synced(), 2U);
    EXPECT_THAT(disk.load().value(), ElementsAre(BlockIndex{5}, BlockIndex{6}));
    disk.crash();
    disk.sync_first(3);
    EXPECT_EQ(disk.synced(), 2U);
}

}  // namespace
}  // namespace bezant::sim
