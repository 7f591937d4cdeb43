// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "base/bytes.hpp"
#include "chain/chain_verification.hpp"

namespace bezant {

/// Checks a ledger file from the first byte to the last: the form of everything, each block by all
/// rules on the one before, that the coins add up to what the schedule allows, and the checksum.
/// `progress` is told the height after each block.
[[nodiscard]] Result<LedgerAccount, LedgerFault> verify_ledger(
    ByteView file, SignatureVerifier& signatures,
    const std::function<void(Height, std::uint32_t block_count)>& progress = {});

}  // namespace bezant
