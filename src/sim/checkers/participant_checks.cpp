// SPDX-License-Identifier: Apache-2.0
#include "sim/checkers/participant_checks.hpp"

#include <fmt/format.h>

#include <set>

namespace bezant::sim {

namespace {

bool follows_tree(const TipChange& change, const BlockTree& blocks) {
    BlockIndex at = change.from;
    for (const BlockIndex block : change.disconnected) {
        if (block != at) return false;
        at = blocks[block].parent;
    }
    for (const BlockIndex block : change.connected) {
        if (blocks[block].parent != at) return false;
        at = block;
    }
    return at == change.to;
}

}  // namespace

CheckResult check_tip_change(const TipChange& change, const BlockTree& blocks) {
    if (!follows_tree(change, blocks)) {
        return CheckFailure{"tip_moves_to_more_work",
                            fmt::format("the way from block index {} to {} is not one",
                                        change.from.value, change.to.value)};
    }
    if (blocks[change.to].work > blocks[change.from].work) return std::nullopt;
    return CheckFailure{
        "tip_moves_to_more_work",
        fmt::format("the tip moved from height {} to {} for no more work",
                    blocks[change.from].height.value, blocks[change.to].height.value)};
}

CheckResult check_held_payment(TransactionIndex payment, const Mempool& pool,
                               const LocalChain& chain, const Archive& archive) {
    for (const CoinIndex coin : archive.transactions()[payment].spends) {
        if (pool.spender(coin) != payment) {
            return CheckFailure{"pool_is_consistent",
                                fmt::format("payment index {} is held, and not the one to spend "
                                            "coin index {}",
                                            payment.value, coin.value)};
        }
        if (archive.coins().spender_at(coin, chain.tip(), archive.blocks()) != no_block) {
            return CheckFailure{"pool_is_consistent",
                                fmt::format("payment index {} is held, and spends coin index {}, "
                                            "which the chain has spent",
                                            payment.value, coin.value)};
        }
    }
    return std::nullopt;
}

CheckResult check_pool(const Mempool& pool, const LocalChain& chain, const Archive& archive) {
    const std::vector<TransactionIndex> payments = pool.payments();
    std::set<TransactionId> held;
    for (const TransactionIndex payment : payments) held.insert(archive.transactions()[payment].id);
    for (const TransactionIndex payment : payments) {
        if (auto failure = check_held_payment(payment, pool, chain, archive)) return failure;
        for (const CoinIndex coin : archive.transactions()[payment].spends) {
            if (chain.coin(coin).state == CoinState::unspent) continue;
            if (held.contains(archive.coins().outpoint(coin).transaction)) continue;
            return CheckFailure{"pool_is_consistent",
                                fmt::format("payment index {} is held, and spends coin index {}, "
                                            "which is nowhere",
                                            payment.value, coin.value)};
        }
    }
    return std::nullopt;
}

CheckResult check_wallet(const Participant& participant, const LedgerAudit& audit) {
    const Balance balance = participant.balance();
    const Amount counted = audit.balance_of(participant.wallet().owner());
    if (balance.confirmed != counted)
        return CheckFailure{"wallet_is_right", fmt::format("a wallet says {} units, the ledger {}",
                                                           balance.confirmed.value, counted.value)};
    const Amount payable = participant.spendable(Amount{UINT64_MAX});
    if (payable == balance.spendable) return std::nullopt;
    return CheckFailure{"wallet_is_right", fmt::format("a wallet offers {} units of {} to be spent",
                                                       payable.value, balance.spendable.value)};
}

}  // namespace bezant::sim
