// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "chain/chain_verification.hpp"
#include "storage/stored_ledger.hpp"

namespace bezant::storage {

/// Checks a store: every block from genesis to the tip by all rules on the one before, what the
/// store says of each and what undoes it, that its coins are those that the chain leaves, no more
/// and no less, and so is its index, if there is one. `progress` is told the height after each
/// block. Memory grows with the number of coins, and of addresses if there is an index.
[[nodiscard]] Result<LedgerAccount, LedgerFault> verify_store(
    const StoredLedger& ledger, SignatureVerifier& signatures,
    const std::function<void(Height, std::uint32_t block_count)>& progress = {});

}  // namespace bezant::storage
