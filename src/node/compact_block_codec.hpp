// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "ledger/codec.hpp"
#include "node/message.hpp"

namespace bezant {

// The fields of messages about compact blocks (docs/formats.md, "Compact block") that need no
// archive.

/// All after the header.
void encode_outline(Encoder& out, const CompactBlock& message);
[[nodiscard]] std::size_t encoded_outline_size(const CompactBlock& message);
/// Leaves the block open. Fails unless the coinbase's place is prefilled and every position is one
/// of the block's, which has at most `transactions_max` transactions.
[[nodiscard]] CompactBlock decode_outline(Decoder& in, std::size_t transactions_max);

/// Positions in increasing order, each as its distance from the least that it could be.
void encode_positions(Encoder& out, std::span<const std::uint32_t> positions);
[[nodiscard]] std::size_t encoded_positions_size(std::span<const std::uint32_t> positions);
/// Fails if there is none, or one is not below `transactions_max`.
[[nodiscard]] std::vector<std::uint32_t> decode_positions(Decoder& in,
                                                          std::size_t transactions_max);

void encode_transactions(Encoder& out, std::span<const Transaction> transactions);
[[nodiscard]] std::size_t encoded_transactions_size(std::span<const Transaction> transactions);
[[nodiscard]] std::vector<Transaction> decode_transactions(Decoder& in,
                                                           std::size_t transactions_max);

}  // namespace bezant
