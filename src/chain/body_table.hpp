// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "base/check.hpp"
#include "chain/fact_index.hpp"

namespace bezant {

/// Which transactions each block has, in order, of those blocks whose bodies are in memory.
class BodyTable {
public:
    [[nodiscard]] bool contains(BlockIndex block) const {
        return block.value < bodies_.size() && bodies_[block.value].has_value();
    }
    /// The body must be here; good until it is forgotten.
    [[nodiscard]] std::span<const TransactionIndex> operator[](BlockIndex block) const {
        CHECK(contains(block), "a body is here before it is asked for");
        return *bodies_[block.value];
    }
    /// The blocks whose bodies are here, in the order in which they came.
    [[nodiscard]] std::span<const BlockIndex> blocks() const { return blocks_; }

    void add(BlockIndex block, std::vector<TransactionIndex> body) {
        if (block.value >= bodies_.size()) bodies_.resize(block.value + std::size_t{1});
        bodies_[block.value] = std::move(body);
        blocks_.push_back(block);
    }

    template <class Condition>
    void forget_if(const Condition& condition) {
        std::erase_if(blocks_, [&](BlockIndex block) {
            if (!condition(block)) return false;
            bodies_[block.value].reset();
            return true;
        });
    }

private:
    std::vector<std::optional<std::vector<TransactionIndex>>> bodies_;  ///< by block
    std::vector<BlockIndex> blocks_;
};

}  // namespace bezant
