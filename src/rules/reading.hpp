// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "ledger/block.hpp"
#include "rules/reason.hpp"

namespace bezant {

/// The block that the bytes are, or malformed_block with the field and offset at fault.
[[nodiscard]] Result<Block, Rejection> read_block(ByteView bytes);

/// The transaction that the bytes are, or malformed_transaction with the field and offset at fault.
[[nodiscard]] Result<Transaction, Rejection> read_transaction(ByteView bytes);

}  // namespace bezant
