// SPDX-License-Identifier: Apache-2.0
#include "sim/compact_counts.hpp"

#include "node/message_codec.hpp"

namespace bezant::sim {

void CompactCounts::arriving(const CompactBlock& message, BlockCopy copy, std::size_t bytes) {
    ++counts_.arrived;
    counts_.bytes += bytes;
    if (copy != BlockCopy::first) return;
    ++counts_.first;
    counts_.first_bytes += bytes;
    counts_.first_whole_bytes += whole_bytes(message.block);
}

void CompactCounts::arriving(const GetMissingTransactions& message) {
    ++counts_.incomplete;
    counts_.missing += message.positions.size();
}

void CompactCounts::arriving(const MissingTransactions& message, std::size_t bytes) {
    counts_.missing_bytes += bytes;
    counts_.incomplete_whole_bytes += whole_bytes(message.block);
}

void CompactCounts::whole_arriving(BlockCopy copy) {
    if (copy == BlockCopy::further) ++counts_.fetched_whole;
}

std::size_t CompactCounts::whole_bytes(BlockIndex block) const {
    // An adversary may name one that has no body.
    return archive_.is_loaded(block) ? encoded_size(BlockMessage{.block = block}, archive_) : 0;
}

}  // namespace bezant::sim
