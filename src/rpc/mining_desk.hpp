// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/amount.hpp"
#include "mining/getwork.hpp"
#include "mining/work_desk.hpp"

namespace bezant::rpc {

/// The blocks that getblocktemplate gives out, and what it says of their payments.
class TemplateDesk {
public:
    /// The node must outlive it.
    TemplateDesk(net::RunningNode& node, TreeShape shape) : node_(node), works_(node, shape) {}

    struct Payment {
        TransactionId id;
        Amount fee;
    };
    struct Template {
        const mining::WorkDesk::Given& given;
        const std::vector<Payment>& payments;  ///< in the block's order
    };
    [[nodiscard]] Template current();

private:
    net::RunningNode& node_;
    mining::WorkDesk works_;
    std::uint64_t number_ = 0;
    std::vector<Payment> payments_;  ///< of the work of this number
};

/// What is remembered of the work that methods give out: bounded, and worth nothing when the tip
/// has moved.
struct MiningDesk {
    explicit MiningDesk(net::RunningNode& node)
        : getworks(node), full_trees(node, TreeShape::full), all_payments(node, TreeShape::any) {}

    mining::GetworkDesk getworks;
    TemplateDesk full_trees;    ///< for programs that know Bitcoin's merkle tree
    TemplateDesk all_payments;  ///< for those that know ours
    std::uint64_t templates_given = 0;
};

}  // namespace bezant::rpc
