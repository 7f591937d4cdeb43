// SPDX-License-Identifier: Apache-2.0
#include "chain/block_findings.hpp"

namespace bezant {

BlockFindings identify(const Block& block) {
    BlockFindings found;
    found.full_ids.reserve(block.transactions.size());
    found.ids.reserve(block.transactions.size());
    for (const Transaction& transaction : block.transactions) {
        found.full_ids.push_back(full_transaction_id(transaction));
        found.ids.push_back(transaction_id(transaction));
    }
    found.fees.resize(block.transactions.size());
    return found;
}

}  // namespace bezant
