// SPDX-License-Identifier: Apache-2.0
#include "chain/block_tree.hpp"

#include "base/check.hpp"

namespace bezant {

Uint256 claimed_work(const BlockHeader& header) {
    const auto target = target_from_compact(header.target);
    return target ? work_of_target(*target) : Uint256{};
}

BlockTree::BlockTree(const BlockHeader& genesis) {
    const BlockHash hash = block_hash(genesis);
    nodes_.push_back(
        {.header = genesis, .hash = hash, .skip = genesis_index, .work = claimed_work(genesis)});
    by_hash_.emplace(hash, genesis_index);
}

std::optional<BlockIndex> BlockTree::add(const BlockHeader& header) {
    const BlockHash hash = block_hash(header);
    if (const auto known = find(hash)) return known;
    const auto parent = find(header.previous);
    if (!parent) return std::nullopt;
    return append(header, hash, *parent);
}

std::optional<BlockIndex> BlockTree::find(const BlockHash& hash) const {
    const auto found = by_hash_.find(hash);
    if (found == by_hash_.end()) return std::nullopt;
    return found->second;
}

BlockIndex BlockTree::append(const BlockHeader& header, const BlockHash& hash, BlockIndex parent) {
    CHECK(nodes_.size() < no_block.value, "an index of 32 bits can number all blocks");
    const BlockIndex block{static_cast<std::uint32_t>(nodes_.size())};
    BlockNode& above = nodes_[parent.value];
    nodes_.push_back(
        {.header = header,
         .hash = hash,
         .parent = parent,
         .skip = skip_of_child(parent),
         .first_child = no_block,
         .next_sibling = above.first_child,
         .height = next(above.height),
         .work = checked_add(above.work, claimed_work(header)).value_or(Uint256::max())});
    above.first_child = block;
    by_hash_.emplace(hash, block);
    return block;
}

// Skips of one length are merged two by two, as carries in a skew-binary number: where the parent's
// skip and the skip after it have the same length, the child skips both at once (Myers 1983, "An
// applicative random-access stack"). The length depends on the height alone.
BlockIndex BlockTree::skip_of_child(BlockIndex parent) const {
    const BlockNode& from = nodes_[parent.value];
    const BlockNode& middle = nodes_[from.skip.value];
    const BlockNode& end = nodes_[middle.skip.value];
    const std::uint32_t first = from.height.value - middle.height.value;
    const std::uint32_t second = middle.height.value - end.height.value;
    return first == second ? middle.skip : parent;
}

void BlockTree::set_trunk(BlockIndex tip) {
    const Height height = nodes_[tip.value].height;
    trunk_.resize(height.value + std::size_t{1}, no_block);
    for (BlockIndex block = tip; !is_on_trunk(block, nodes_[block.value].height);
         block = nodes_[block.value].parent)
        trunk_[nodes_[block.value].height.value] = block;
}

BlockIndex BlockTree::ancestor(BlockIndex block, Height height) const {
    CHECK(height <= nodes_[block.value].height, "an ancestor is no higher than its descendant");
    while (nodes_[block.value].height > height) {
        const BlockNode& node = nodes_[block.value];
        if (is_on_trunk(block, node.height)) return trunk_[height.value];
        block = nodes_[node.skip.value].height >= height ? node.skip : node.parent;
    }
    return block;
}

bool BlockTree::is_ancestor(BlockIndex ancestor_block, BlockIndex block) const {
    const Height height = nodes_[ancestor_block.value].height;
    return height <= nodes_[block.value].height && ancestor(block, height) == ancestor_block;
}

BlockIndex BlockTree::fork_point(BlockIndex left, BlockIndex right) const {
    const Height height = std::min(nodes_[left.value].height, nodes_[right.value].height);
    left = ancestor(left, height);
    right = ancestor(right, height);
    while (left != right) {
        const BlockNode& left_node = nodes_[left.value];
        const BlockNode& right_node = nodes_[right.value];
        const bool far = left_node.skip != right_node.skip;
        left = far ? left_node.skip : left_node.parent;
        right = far ? right_node.skip : right_node.parent;
    }
    return left;
}

std::vector<BlockIndex> BlockTree::locator(BlockIndex tip) const {
    constexpr std::size_t single_steps = 10;
    std::vector<BlockIndex> blocks{tip};
    std::uint32_t step = 1;
    while (blocks.back() != genesis_index) {
        if (blocks.size() > single_steps) step *= 2;
        const std::uint32_t height = nodes_[blocks.back().value].height.value;
        blocks.push_back(ancestor(blocks.back(), Height{height - std::min(height, step)}));
    }
    return blocks;
}

}  // namespace bezant
