// SPDX-License-Identifier: Apache-2.0
#include "ledger/merkle_branch.hpp"

#include <gtest/gtest.h>

#include "ledger/block.hpp"

namespace bezant {
namespace {

FullTransactionId leaf(Byte number) {
    FullTransactionId id;
    id.bytes.fill(number);
    return id;
}

TEST(MerkleBranch, GivesTheRootOfAllLeavesWhateverTheirNumber) {
    std::vector<FullTransactionId> leaves{leaf(1)};
    for (std::size_t count = 1; count <= 40; ++count) {
        const auto branch = first_leaf_branch(std::span{leaves}.subspan(1));
        EXPECT_EQ(branch.size(), std::bit_width(count - 1)) << count;
        EXPECT_EQ(fold_branch(leaves.front(), branch), merkle_root(leaves)) << count;
        leaves.push_back(leaf(static_cast<Byte>(count + 1)));
    }
}

TEST(MerkleBranch, DoesNotDependOnTheFirstLeaf) {
    std::vector<FullTransactionId> leaves{leaf(1), leaf(2), leaf(3), leaf(4), leaf(5)};
    const auto branch = first_leaf_branch(std::span{leaves}.subspan(1));
    leaves.front() = leaf(99);
    EXPECT_EQ(fold_branch(leaf(99), branch), merkle_root(leaves));
    leaves.back() = leaf(98);
    EXPECT_NE(fold_branch(leaf(99), branch), merkle_root(leaves));
}

}  // namespace
}  // namespace bezant
