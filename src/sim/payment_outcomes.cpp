// SPDX-License-Identifier: Apache-2.0
#include "sim/payment_outcomes.hpp"

#include <boost/unordered/unordered_flat_set.hpp>
#include <vector>

namespace bezant::sim {

namespace {

std::vector<bool> confirmed_at(BlockIndex tip, const Archive& archive) {
    std::vector<bool> confirmed(archive.transactions().size());
    for (BlockIndex block = tip; block != no_block; block = archive.blocks()[block].parent) {
        for (const TransactionIndex transaction : archive.body(block)) {
            confirmed[transaction.value] = true;
        }
    }
    return confirmed;
}

using Ids = boost::unordered_flat_set<TransactionId, DigestHasher>;

/// Whether a payment that nobody holds can never be confirmed: a coin of its is spent, or is to
/// come from a rejected payment.
bool lacks_a_coin(const TransactionFact& fact, const CoinsAtTip& coins, const Archive& archive,
                  const Ids& rejected) {
    for (const CoinIndex coin : fact.spends) {
        if (coins.at(coin).state == CoinState::spent) return true;
        if (rejected.contains(archive.coins().outpoint(coin).transaction)) return true;
    }
    return false;
}

}  // namespace

Summary::Transactions payment_outcomes(
    const Archive& archive, BlockIndex tip, const std::function<bool(TransactionIndex)>& is_held,
    const std::function<bool(TransactionIndex)>& was_turned_down) {
    const std::vector<bool> confirmed = confirmed_at(tip, archive);
    const CoinsAtTip coins = archive.coins_at(tip);
    Summary::Transactions outcomes;
    Ids rejected;
    for (std::uint32_t i = 0; i < archive.transactions().size(); ++i) {
        const TransactionIndex payment{i};
        const TransactionFact& fact = archive.transactions()[payment];
        // One that was only ever named was never made.
        if (!archive.transactions().is_known(payment) || fact.transaction.is_coinbase()) continue;
        ++outcomes.created;
        if (confirmed[i]) {
            ++outcomes.confirmed;
        } else if (!is_held(payment) &&
                   (was_turned_down(payment) || lacks_a_coin(fact, coins, archive, rejected))) {
            ++outcomes.rejected;
            rejected.insert(fact.id);
        } else {
            ++outcomes.pending;
        }
    }
    return outcomes;
}

}  // namespace bezant::sim
