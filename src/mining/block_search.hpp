// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "mining/block_work.hpp"
#include "net/running_node.hpp"

namespace bezant::mining {

/// Looks for blocks on the node's tip right here, at no other rate than the processor's, in steps
/// that are short enough not to hold up the thread that the node lives on.
class BlockSearch {
public:
    /// Blocks pay this owner. The node must outlive it. `tries_max` is the number of nonces for all
    /// blocks together.
    BlockSearch(net::RunningNode& node, const PublicKeyHash& paid, std::uint64_t tries_max)
        : node_(node), paid_(paid), tries_left_(tries_max) {}

    [[nodiscard]] bool is_exhausted() const { return tries_left_ == 0; }

    /// Tries some nonces: the block that one of them makes, on the tip of now. Milliseconds.
    [[nodiscard]] std::optional<Block> step();

private:
    [[nodiscard]] bool is_outdated() const;
    void begin_anew();

    net::RunningNode& node_;
    PublicKeyHash paid_;
    std::uint64_t tries_left_;
    BlockIndex tip_ = no_block;
    Time since_;
    std::optional<Block> block_;
    std::uint64_t searched_ = 0;  ///< nonces of this block
};

}  // namespace bezant::mining
