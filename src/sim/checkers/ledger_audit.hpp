// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <utility>
#include <vector>

#include "chain/archive.hpp"
#include "chain/index_set.hpp"
#include "rules/coin_view.hpp"
#include "sim/checkers/check_failure.hpp"

namespace bezant::sim {

/// Counts the ledger again, from the bytes of blocks alone: the coins as they are after one block,
/// in a plain table that is moved from block to block. Shares no code with the rules but hashes and
/// signatures, and asks none of their verdicts. Memory is that of one ledger, time that of each
/// block once, and of the blocks between two tips that it is moved between.
class LedgerAudit {
public:
    /// Begins after the genesis block. Whoever verifies the signatures may remember what was asked
    /// before. Both must outlive it.
    LedgerAudit(const Archive& archive, SignatureVerifier& signatures);

    /// Moves to this block, all of whose ancestors' bodies must be here. Says which promise a block
    /// on the way breaks, and then is of no further use:
    /// - no_double_spend: every input spends a coin that is there;
    /// - signatures_explain_balances: by the key that owns it;
    /// - supply_conserved: nobody makes money but miners, and those no more than the subsidy; the
    ///   sum of all coins is what the archive says, and no more than the schedule has issued;
    /// - same_tip_same_ledger: the coins that the archive shows to participants on this tip are the
    ///   coins counted here.
    [[nodiscard]] CheckResult move_to(BlockIndex block);

    /// It will not be moved to a block that is not built on this one any more: what it would take
    /// to undo blocks up to its height is forgotten. It must be at the block, or above it.
    void settle(BlockIndex block);

    [[nodiscard]] BlockIndex at() const { return at_; }
    /// Money in all coins, kept as blocks come and go.
    [[nodiscard]] Amount supply() const { return Amount{supply_}; }
    /// The same, added up coin by coin.
    [[nodiscard]] Amount recount() const;
    [[nodiscard]] std::uint64_t coin_count() const { return coins_.size(); }
    [[nodiscard]] Amount balance_of(const PublicKeyHash& owner) const;
    /// Fees of all blocks on the way here.
    [[nodiscard]] Amount fees() const { return Amount{fees_}; }

private:
    /// What must be known of a block to undo it.
    struct Step {
        std::vector<std::pair<OutPoint, Output>> spent;
        std::vector<OutPoint> created;
        std::uint64_t fees = 0;
    };

    [[nodiscard]] CheckResult apply(BlockIndex block);
    void undo(BlockIndex block);
    [[nodiscard]] CheckResult apply_payment(TransactionIndex payment, Step& step);
    [[nodiscard]] CheckResult check_signatures(TransactionIndex payment,
                                               const std::vector<Output>& spent);
    [[nodiscard]] CheckResult apply_coinbase(BlockIndex block, Step& step);
    [[nodiscard]] CheckResult check_sums(BlockIndex block) const;
    [[nodiscard]] CheckResult check_shown_coins(BlockIndex block) const;
    void create(TransactionIndex transaction, Step& step);
    void put(const OutPoint& outpoint, const Output& output);
    void take(const OutPoint& outpoint, const Output& output);

    const Archive& archive_;
    SignatureVerifier& signatures_;
    BlockIndex at_ = genesis_index;
    boost::unordered_flat_map<OutPoint, Output, OutPointHasher> coins_;
    boost::unordered_flat_map<PublicKeyHash, std::uint64_t, DigestHasher> balances_;
    boost::unordered_flat_map<std::uint32_t, Step>
        steps_;        ///< by block, of those ever applied but the settled
    IndexSet signed_;  ///< payments whose signatures were found good
    std::uint64_t supply_ = 0;
    std::uint64_t fees_ = 0;
};

}  // namespace bezant::sim
