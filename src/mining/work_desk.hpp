// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <memory>

#include "mining/block_work.hpp"
#include "net/running_node.hpp"

namespace bezant::mining {

/// Gives out blocks to be mined on the node's tip, and knows the last ones again. They pay whom the
/// node's own blocks pay. When the tip moves, all that was given out is worth nothing.
class WorkDesk {
public:
    /// The node must outlive it.
    explicit WorkDesk(net::RunningNode& node, TreeShape shape = TreeShape::any)
        : node_(node), shape_(shape) {}

    struct Given {
        std::uint64_t number = 0;  ///< from 1, never used again
        std::shared_ptr<const BlockWork> work;
        Time since;
    };

    /// What was given out last, if it is on the tip and no older than work_age_max; else new work.
    const Given& current();
    /// New work, with the payments and the time of now.
    const Given& renew();

    /// The work of this number; null if it is none of the last ones on this tip.
    [[nodiscard]] std::shared_ptr<const BlockWork> find(std::uint64_t number);

private:
    void forget_old_tip();

    net::RunningNode& node_;
    TreeShape shape_;
    BlockIndex tip_ = no_block;
    std::uint64_t next_number_ = 1;
    std::deque<Given> given_;  ///< on the tip, oldest first
};

}  // namespace bezant::mining
