// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "chain/archive.hpp"
#include "node/message.hpp"
#include "sim/summary.hpp"

namespace bezant::sim {

/// What a copy of a block is to whoever it comes to.
enum class BlockCopy : std::uint8_t {
    first,
    further,    ///< another has come, but the block is not in his chain yet
    of_no_use,  ///< he has the block
};

/// Counts how blocks fare that travel compact, by the messages that arrive.
class CompactCounts {
public:
    /// The archive must outlive the counts.
    explicit CompactCounts(const Archive& archive) : archive_(archive) {}

    void arriving(const CompactBlock& message, BlockCopy copy, std::size_t bytes);
    void arriving(const GetMissingTransactions& message);
    void arriving(const MissingTransactions& message, std::size_t bytes);

    /// A whole block arrives.
    void whole_arriving(BlockCopy copy);

    [[nodiscard]] const CompactBlocks& so_far() const { return counts_; }

private:
    [[nodiscard]] std::size_t whole_bytes(BlockIndex block) const;

    const Archive& archive_;
    CompactBlocks counts_;
};

}  // namespace bezant::sim
