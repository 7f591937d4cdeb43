// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/result.hpp"
#include "chain/chain_verification.hpp"
#include "storage/stored_ledger.hpp"

namespace bezant::storage {

/// Checks that a store's index has all records that these blocks make, from genesis on, and no
/// others; without blocks it must be empty. That the blocks obey the rules is not asked here.
[[nodiscard]] Result<void, LedgerFault> verify_index(const StoredLedger& ledger,
                                                     std::span<const BlockHash> chain);

}  // namespace bezant::storage
