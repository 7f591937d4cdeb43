// SPDX-License-Identifier: Apache-2.0
#include <ranges>

#include "mempool/mempool.hpp"

namespace bezant {

namespace {

/// The payments of these blocks in order, coinbases left out.
template <class Blocks>
std::vector<TransactionIndex> payments_of(const Archive& archive, Blocks&& blocks) {
    std::vector<TransactionIndex> payments;
    for (const BlockIndex block : blocks) {
        const auto body = archive.body(block).subspan(1);
        payments.insert(payments.end(), body.begin(), body.end());
    }
    return payments;
}

std::vector<CoinIndex> coins_created_by(const Archive& archive,
                                        const std::vector<BlockIndex>& blocks) {
    std::vector<CoinIndex> coins;
    for (const BlockIndex block : blocks) {
        for (const TransactionIndex transaction : archive.body(block)) {
            const auto& creates = archive.transactions()[transaction].creates;
            coins.insert(coins.end(), creates.begin(), creates.end());
        }
    }
    return coins;
}

/// Who took the coins that a dropped payment wanted: the confirmed payment that spent them, also
/// for payments that rest on one dropped earlier.
class Winners {
public:
    Winners(const Archive& archive, const std::vector<TransactionIndex>& confirmed)
        : transactions_(archive.transactions()) {
        for (const TransactionIndex payment : confirmed) {
            for (const CoinIndex coin : transactions_[payment].spends) takers_[coin] = payment;
        }
    }

    std::optional<TransactionIndex> over(TransactionIndex dropped) {
        const TransactionFact& fact = transactions_[dropped];
        for (const CoinIndex wanted : fact.spends) {
            const auto taker = takers_.find(wanted);
            if (taker == takers_.end()) continue;
            const TransactionIndex winner = taker->second;
            for (const CoinIndex coin : fact.creates) takers_.emplace(coin, winner);
            return winner;
        }
        return std::nullopt;
    }

private:
    const TransactionTable& transactions_;
    boost::unordered_flat_map<CoinIndex, TransactionIndex, IndexHasher> takers_;
};

}  // namespace

PoolChange Mempool::follow(const TipChange& tip) {
    PoolChange change;
    if (tip.disconnected.empty()) {
        confirm_all(payments_of(archive_, tip.connected), change);
    } else {
        rebuild(tip, change);
    }
    if (!orphans_.empty())
        change.adopted = adopt_orphans(coins_created_by(archive_, tip.connected), tip.to);
    lift_floor();
    return change;
}

void Mempool::confirm_all(const std::vector<TransactionIndex>& payments, PoolChange& change) {
    constexpr std::size_t ahead = 8;
    for (std::size_t i = 0; i < payments.size(); ++i) {
        if (i + ahead < payments.size()) graph_.expect_use(payments[i + ahead]);
        confirm(payments[i], change);
    }
}

void Mempool::confirm(TransactionIndex payment, PoolChange& change) {
    const TransactionFact& fact = archive_.transactions()[payment];
    if (!orphans_.empty()) orphans_.remove(payment);
    if (contains(payment)) {  // so no other that is held spends its coins
        graph_.remove(payment, fact);
        change.confirmed.push_back(payment);
        return;
    }
    for (const CoinIndex coin : fact.spends) {
        const auto held = spender(coin);
        if (!held) continue;
        const TransactionFact& rival = archive_.transactions()[*held];
        if (rival.id == fact.id) {  // a copy with other signatures
            graph_.remove(*held, rival);
            change.confirmed.push_back(*held);
            continue;
        }
        for (const TransactionIndex gone : graph_.descendants(*held)) {
            change.dropped.push_back({gone, payment});
        }
        remove_with_descendants(*held);
    }
}

// After going back along a branch any held payment may rest on what is gone, so all are judged
// anew: first those of the abandoned blocks, on which held ones may rest, then the held ones, both
// in order.
void Mempool::rebuild(const TipChange& tip, PoolChange& change) {
    const std::vector<TransactionIndex> held = graph_.in_order();
    graph_.clear();
    Winners winners{archive_, payments_of(archive_, tip.connected)};
    const auto settle = [&](TransactionIndex payment, std::vector<TransactionIndex>* kept,
                            std::vector<TransactionIndex>* confirmed) {
        const auto fee = take_in(payment, tip.to, Standing::returning);
        if (fee) {
            if (kept != nullptr) kept->push_back(payment);
        } else if (std::holds_alternative<AlreadyConfirmed>(fee.error())) {
            if (confirmed != nullptr) confirmed->push_back(payment);
        } else {
            orphans_.remove(payment);
            change.dropped.push_back({payment, winners.over(payment)});
        }
    };
    for (const auto payment : payments_of(archive_, std::views::reverse(tip.disconnected))) {
        settle(payment, &change.returned, nullptr);
    }
    for (const auto payment : held) settle(payment, nullptr, &change.confirmed);
}

}  // namespace bezant
