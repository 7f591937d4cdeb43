// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "base/uint256.hpp"
#include "chain/tip_coins.hpp"
#include "ledger/parameters.hpp"
#include "rules/header_rules.hpp"
#include "rules/signature_verifier.hpp"

namespace bezant {

/// What a sound ledger says.
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

/// The first thing found wrong in a ledger.
struct LedgerFault {
    std::optional<Height> height;  ///< of the block at fault; nothing: what holds the ledger
    std::optional<BlockHash> block;
    std::optional<std::uint32_t> transaction;  ///< its position in the block
    std::string check;                         ///< name of the check that failed
    std::string detail;                        ///< got and expected
};

/// Checks a chain block by block, by all rules but the clock's: a ledger is read later than it was
/// made.
class ChainVerification {
public:
    /// Stands at the genesis block. `signatures` must outlive it.
    ChainVerification(const Parameters& parameters, SignatureVerifier& signatures);

    /// Moves to the next block; what it does to coins, or what is wrong with it. Nothing is to be
    /// added after a fault.
    Result<BlockEffect, LedgerFault> add(const Block& block);

    /// As they are after the block last added.
    [[nodiscard]] const TipCoins& coins() const { return coins_; }
    [[nodiscard]] Height height() const { return account_.height; }

    /// The account, if the coins are no more than the schedule lets there be.
    [[nodiscard]] Result<LedgerAccount, LedgerFault> close();

private:
    [[nodiscard]] static LedgerFault fault(const Block& block, Height height,
                                           const Rejection& rejection);
    [[nodiscard]] ParentContext parent_context() const;
    void remember_time(std::uint32_t time);
    void add_work(const BlockHeader& header);

    SignatureVerifier& signatures_;
    TipCoins coins_;
    std::deque<std::uint32_t> times_;
    LedgerAccount account_;
};

}  // namespace bezant
