// SPDX-License-Identifier: Apache-2.0
// How an archive without a storage lets go of what nobody will ask for again.
//
// Whoever asks about coins asks about them after a block at or above the settled one: a coin that
// is spent there, or was never on its chain, matters to nobody but to the transactions that name
// it.
#include "base/check.hpp"
#include "chain/archive.hpp"

namespace bezant {

void Archive::forget_settled(BlockIndex block, const HeldFacts& held) {
    CHECK(!has_storage(), "what is stored is forgotten by its own rules");
    CHECK(block_faults_.is_valid(block), "what is settled is valid");
    HeldFacts staying = held;
    hold_unconfirmed(block, staying);
    forget_settled_bodies(blocks_[block].height, held);
    staying = staying_with(std::move(staying));
    const CoinsAtTip coins = coins_at(block);
    for (const TransactionIndex index : transactions_but(staying)) {
        const TransactionFact& fact = transactions_[index];
        payments_settled_ += fact.transaction.is_coinbase() ? 0U : 1U;
        for (const auto* touched : {&fact.creates, &fact.spends}) {
            for (const CoinIndex coin : *touched) {
                if (staying.holds(coin) || coins.at(coin).state == CoinState::unspent) {
                    coins_.lose_transaction(coin, index);
                } else if (coins_.is_in_use(coin)) {
                    coins_.forget(coin);
                }
            }
        }
        transactions_.retire(index);
    }
}

bool Archive::all_judged() const {
    for (std::uint32_t i = 0; i < blocks_.size(); ++i) {
        const BlockIndex block{i};
        if (!block_faults_.is_valid(block) && !block_faults_.is_bad(block)) return false;
    }
    return true;
}

/// Payments of which it is open what will become of them. A payment is confirmed if its coins are.
void Archive::hold_unconfirmed(BlockIndex tip, HeldFacts& held) const {
    const CoinsAtTip coins = coins_at(tip);
    transactions_.for_each_known([&](TransactionIndex index, const TransactionFact& fact) {
        if (fact.transaction.is_coinbase()) return;
        const bool confirmed =
            !fact.creates.empty() && coins.at(fact.creates.front()).state != CoinState::unknown;
        if (!confirmed) held.hold(index);
    });
}

void Archive::forget_settled_bodies(Height height, const HeldFacts& held) {
    bodies_.forget_if([&](BlockIndex block) {
        if (block == genesis_index || blocks_[block].height >= height || held.holds(block))
            return false;
        settled_.emplace(block, outline(block));
        return true;
    });
}

Archive::Outline Archive::outline(BlockIndex block) const {
    CHECK(block != genesis_index, "nobody mined the genesis block");
    if (const auto settled = settled_.find(block); settled != settled_.end())
        return settled->second;
    const std::span<const TransactionIndex> transactions = body(block);
    return {.transactions = static_cast<std::uint32_t>(transactions.size()),
            .miner = transactions_[transactions.front()].transaction.inputs.front().public_key};
}

}  // namespace bezant
