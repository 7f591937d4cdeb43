// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "node/participant.hpp"

namespace bezant::test {

/// What a wallet should say, from all transactions that there are: the slow and obvious twin of
/// node/wallet.hpp.
class NaiveWallet {
public:
    NaiveWallet(const Participant& participant, const Archive& archive) {
        for (std::uint32_t i = 0; i < archive.transactions().size(); ++i) {
            const TransactionIndex index{i};
            if (archive.transactions().is_known(index))
                add_outputs(archive.transactions()[index], participant, archive);
        }
    }

    [[nodiscard]] const Balance& balance() const { return balance_; }

    /// The coins that a payment of so much should spend, in order.
    [[nodiscard]] std::optional<std::vector<OutPoint>> choice(Amount needed) const {
        std::vector<OutPoint> chosen;
        Amount sum;
        for (auto coins : {spendable_, change_}) {
            std::ranges::sort(coins, [](const Own& left, const Own& right) {
                return left.amount != right.amount ? left.amount > right.amount
                                                   : left.outpoint < right.outpoint;
            });
            for (const Own& own : coins) {
                if (sum >= needed) break;
                chosen.push_back(own.outpoint);
                sum.value += own.amount.value;
            }
        }
        if (sum < needed) return std::nullopt;
        return chosen;
    }

private:
    struct Own {
        OutPoint outpoint;
        Amount amount;
    };

    void add_outputs(const TransactionFact& fact, const Participant& participant,
                     const Archive& archive) {
        const Transaction& transaction = fact.transaction;
        for (std::uint32_t i = 0; i < transaction.outputs.size(); ++i) {
            if (transaction.outputs[i].owner != participant.wallet().owner()) continue;
            add({{fact.id, i}, transaction.outputs[i].amount}, fact.creates[i],
                participant.wallet().made(transaction), participant, archive);
        }
    }

    void add(const Own& own, CoinIndex coin, bool is_change, const Participant& participant,
             const Archive& archive) {
        const CoinLookup confirmed = participant.chain().coin(coin);
        const CoinLookup now = participant.mempool().coin(coin, participant.chain().tip());
        const bool is_free = now.state == CoinState::unspent;
        if (confirmed.state == CoinState::unspent) {
            const std::uint32_t depth =
                participant.chain().height().value + 1 - confirmed.coin.height.value;
            const bool is_mature =
                !confirmed.coin.coinbase || depth >= archive.parameters().coinbase_maturity;
            balance_.confirmed.value += own.amount.value;
            if (!is_mature) balance_.immature.value += own.amount.value;
            if (!is_mature || !is_free) return;
            balance_.spendable.value += own.amount.value;
            spendable_.push_back(own);
        } else if (is_free) {
            balance_.incoming.value += own.amount.value;
            if (is_change) change_.push_back(own);
        }
    }

    Balance balance_;
    std::vector<Own> spendable_;
    std::vector<Own> change_;
};

}  // namespace bezant::test
