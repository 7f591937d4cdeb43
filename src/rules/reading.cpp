// SPDX-License-Identifier: Apache-2.0
#include "rules/reading.hpp"

#include <utility>

#include "ledger/codec.hpp"
#include "rules/refusal.hpp"

namespace bezant {

Result<Block, Rejection> read_block(ByteView bytes) {
    auto block = block_from_bytes(bytes);
    if (!block) return refuse(Reason::malformed_block, to_text(block.error()), "a block's bytes");
    return std::move(*block);
}

Result<Transaction, Rejection> read_transaction(ByteView bytes) {
    auto transaction = transaction_from_bytes(bytes);
    if (!transaction) {
        return refuse(Reason::malformed_transaction, to_text(transaction.error()),
                      "a transaction's bytes");
    }
    return std::move(*transaction);
}

}  // namespace bezant
