// SPDX-License-Identifier: Apache-2.0
#include "sim/payment_outcomes.hpp"

#include <boost/unordered/unordered_flat_set.hpp>
#include <vector>

namespace bezant::sim {

namespace {

/// Which payments are in blocks on the way to a tip. Of a block whose body was forgotten, a payment
/// that is still here is known by the coins that it has made.
class Confirmed {
public:
    Confirmed(BlockIndex tip, const Archive& archive)
        : archive_(archive), tip_(tip), in_body_(archive.transactions().size()) {
        for (BlockIndex block = tip; block != no_block; block = archive.blocks()[block].parent) {
            if (!archive.is_loaded(block)) continue;
            for (const TransactionIndex transaction : archive.body(block))
                in_body_[transaction.value] = true;
        }
    }

    [[nodiscard]] bool contains(TransactionIndex payment, const TransactionFact& fact) const {
        if (in_body_[payment.value]) return true;
        if (fact.creates.empty()) return false;
        const CoinLookup coin = archive_.coins_at(tip_).at(fact.creates.front());
        return coin.state != CoinState::unknown &&
               !archive_.is_loaded(archive_.blocks().ancestor(tip_, coin.coin.height));
    }

private:
    const Archive& archive_;
    BlockIndex tip_;
    std::vector<bool> in_body_;
};

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
    const Confirmed confirmed{tip, archive};
    const CoinsAtTip coins = archive.coins_at(tip);
    Summary::Transactions outcomes;
    outcomes.created = outcomes.confirmed = archive.payments_settled();
    Ids rejected;
    // One that was only ever named was never made.
    archive.transactions().for_each_known(
        [&](TransactionIndex payment, const TransactionFact& fact) {
            if (fact.transaction.is_coinbase()) return;
            ++outcomes.created;
            if (confirmed.contains(payment, fact)) {
                ++outcomes.confirmed;
            } else if (!is_held(payment) &&
                       (was_turned_down(payment) || lacks_a_coin(fact, coins, archive, rejected))) {
                ++outcomes.rejected;
                rejected.insert(fact.id);
            } else {
                ++outcomes.pending;
            }
        });
    return outcomes;
}

}  // namespace bezant::sim
