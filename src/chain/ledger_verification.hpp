// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/uint256.hpp"
#include "ledger/parameters.hpp"
#include "rules/signature_verifier.hpp"

namespace bezant {

/// What a sound ledger file says.
struct LedgerAccount {
    Parameters parameters;
    Height height;
    BlockHash tip;
    Uint256 work;                    ///< expected hashes to make the chain anew
    std::uint64_t transactions = 0;  ///< coinbases counted too
    std::uint64_t coins = 0;         ///< unspent ones
    Amount supply;                   ///< their sum
    Amount fees;                     ///< paid to miners over time
};

/// The first thing found wrong in a ledger file.
struct LedgerFault {
    std::optional<Height> height;  ///< of the block at fault; nothing: the file's own frame
    std::optional<BlockHash> block;
    std::optional<std::uint32_t> transaction;  ///< its position in the block
    std::string check;                         ///< name of the check that failed
    std::string detail;                        ///< got and expected
};

/// Checks a ledger file from the first byte to the last: the form of everything, each block by all
/// rules on the one before (the clock's left out: a file is read later), that the coins add up to
/// what the schedule allows, and the checksum. `progress` is told the height after each block.
[[nodiscard]] Result<LedgerAccount, LedgerFault> verify_ledger(
    ByteView file, SignatureVerifier& signatures,
    const std::function<void(Height, std::uint32_t block_count)>& progress = {});

}  // namespace bezant
