// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "storage/index_records.hpp"
#include "storage/ledger_companion.hpp"

namespace bezant::storage {

/// What one transaction of a block does to one address.
struct AddressTouch {
    PublicKeyHash owner;
    std::uint32_t position = 0;  ///< of the transaction in the block
    Amount received;             ///< the sum of what its outputs give to the address
    Amount spent;                ///< the sum of the address's coins that it spends
};

/// A block as an index of transactions and addresses sees it.
struct IndexedBlock {
    std::vector<TransactionId> ids;     ///< of its transactions, in their order
    std::vector<AddressTouch> touches;  ///< by owner, and of each in the order of the transactions
    std::vector<SpentCoin> created;     ///< by it, in the order of its outputs
};

[[nodiscard]] IndexedBlock indexed(const ChainStep& step);

/// The entry that a touch of this transaction makes after the address's last one.
[[nodiscard]] AddressEntry entry_after(const AddressEntry& last, const AddressTouch& touch,
                                       const TransactionId& id);

}  // namespace bezant::storage
