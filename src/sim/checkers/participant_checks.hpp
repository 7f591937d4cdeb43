// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chain/archive.hpp"
#include "chain/local_chain.hpp"
#include "mempool/mempool.hpp"
#include "node/participant.hpp"
#include "sim/checkers/check_failure.hpp"
#include "sim/checkers/ledger_audit.hpp"

namespace bezant::sim {

/// tip_moves_to_more_work: a best chain changes only for one with more work, along the tree.
[[nodiscard]] CheckResult check_tip_change(const TipChange& change, const BlockTree& blocks);

/// pool_is_consistent: a held payment spends coins that the chain has not spent, alone in the pool.
[[nodiscard]] CheckResult check_held_payment(TransactionIndex payment, const Mempool& pool,
                                             const LocalChain& chain, const Archive& archive);

/// The same of all held payments; and each is held whose coins are to come from the pool.
[[nodiscard]] CheckResult check_pool(const Mempool& pool, const LocalChain& chain,
                                     const Archive& archive);

/// wallet_is_right: a wallet's balance is what an audit of the same tip has counted, and the coins
/// that it would spend are those that it says can be spent.
[[nodiscard]] CheckResult check_wallet(const Participant& participant, const LedgerAudit& audit);

}  // namespace bezant::sim
