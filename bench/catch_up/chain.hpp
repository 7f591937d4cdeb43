// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "bench/support/verification.hpp"
#include "ledger/block.hpp"
#include "ledger/parameters.hpp"

namespace bezant::bench {

/// A chain of payments as people make them: each spends one or two coins of any age, and has two
/// outputs, of which one is its change.
struct LongChain {
    Parameters parameters;
    std::vector<Block> blocks;  ///< from height 1
    std::size_t payments = 0;
    std::vector<SignedMessage> signatures;  ///< all that there are, of coinbases too

    /// A branch with more work, which leaves the chain after `fork` blocks.
    std::size_t fork = 0;
    Block false_block;  ///< its first one: a signature is wrong
    std::vector<BlockHeader> false_headers;
};

struct LongChainShape {
    std::size_t blocks = 0;
    std::size_t payments_each = 0;
};

[[nodiscard]] LongChain make_long_chain(const LongChainShape& shape);

}  // namespace bezant::bench
