// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chain/block_tree.hpp"

namespace bezant {

/// Which of two valid chains a participant takes for the ledger.
class ForkChoice {
public:
    ForkChoice() = default;
    ForkChoice(const ForkChoice&) = delete;
    ForkChoice& operator=(const ForkChoice&) = delete;
    virtual ~ForkChoice() = default;

    /// Whether to leave the present tip for a block that has come. A chain with less work is not
    /// asked for, so it must not be preferred.
    [[nodiscard]] virtual bool prefers(const BlockTree& blocks, BlockIndex candidate,
                                       BlockIndex tip) const = 0;
};

/// The rule of the ledger: most work wins; at equal work, first seen.
class MostWorkFirstSeen final : public ForkChoice {
public:
    [[nodiscard]] bool prefers(const BlockTree& blocks, BlockIndex candidate,
                               BlockIndex tip) const override {
        return blocks[candidate].work > blocks[tip].work;
    }

    /// One for all: it has no state.
    [[nodiscard]] static const ForkChoice& instance() {
        static const MostWorkFirstSeen rule;
        return rule;
    }
};

}  // namespace bezant
