// SPDX-License-Identifier: Apache-2.0
// How an archive finds out whether a block obeys the rules.
#include <utility>

#include "base/check.hpp"
#include "chain/archive.hpp"
#include "chain/coin_table_view.hpp"
#include "chain/spendable_coins.hpp"
#include "ledger/codec.hpp"
#include "rules/transaction_format.hpp"

namespace bezant {

const Rejection* Archive::block_fault(BlockIndex block) {
    return block_faults_.fault(block, blocks_, [this](BlockIndex next) -> Result<void, Rejection> {
        reach_back_to(blocks_[next].parent);
        const auto effect = judge(next);
        if (!effect) return unexpected{effect.error()};
        register_coins(next);
        register_sums(next, *effect);
        // Nearly everything that is asked about ancestors starts from the best chain's top.
        if (blocks_[next].work > blocks_[blocks_.trunk_tip()].work) blocks_.set_trunk(next);
        return {};
    });
}

/// What the block does to the money, or the first rule that it breaks. Coins can be asked about.
///
/// Nearly every block is good, and nearly all that there is to it is known of its payments: then no
/// coin is looked up by its name, and nothing is hashed. Only where something is wrong, or was not
/// found out, are the rules gone through in order, for the one that is broken first.
Result<BlockEffect, Rejection> Archive::judge(BlockIndex block) {
    find_out_fees(block);
    if (auto money = money_if_good(block)) return *std::move(money);
    const BlockIndex parent = blocks_[block].parent;
    const CoinsAtTip coins = coins_at(parent);
    return check_block(assemble(block), context_of(parent), CoinTableView{coins_, coins},
                       parameters_, signatures_);
}

/// Has somebody look at those payments of which it is not known yet whether they are sound.
void Archive::find_out_fees(BlockIndex block) {
    if (checks_ == nullptr) return;
    std::vector<PaymentCheck> checks;
    std::vector<TransactionIndex> payments;
    for (const TransactionIndex index : body(block)) {
        auto check = check_of(index);
        if (!check) continue;
        checks.push_back(*std::move(check));
        payments.push_back(index);
    }
    if (checks.empty()) return;
    checks_->find_out(checks);
    for (std::size_t i = 0; i < checks.size(); ++i)
        if (checks[i].fee) transactions_.set_fee(payments[i], *checks[i].fee);
}

/// Nothing if there is nothing to find out, or its coins are not known.
std::optional<PaymentCheck> Archive::check_of(TransactionIndex payment) const {
    const TransactionFact& fact = transactions_[payment];
    if (fact.fee || fact.transaction.is_coinbase()) return std::nullopt;
    PaymentCheck check{.payment = &fact.transaction, .spent = {}};
    check.spent.reserve(fact.spends.size());
    for (const CoinIndex coin : fact.spends) {
        const Output* output = coins_.output(coin);
        if (output == nullptr) return std::nullopt;
        check.spent.push_back(*output);
    }
    return check;
}

/// What the block does to the money, without the coins, if it keeps all rules and that is easy to
/// tell.
std::optional<BlockEffect> Archive::money_if_good(BlockIndex block) {
    if (!has_good_frame(block)) return std::nullopt;
    const std::span<const TransactionIndex> all = body(block);
    const Height height = blocks_[block].height;
    const auto fees = fees_if_spendable(all.subspan(1), transactions_,
                                        coins_at(blocks_[block].parent), height, parameters_);
    if (!fees) return std::nullopt;
    BlockEffect effect{.spent = {}, .created = {}, .fees = *fees, .issued = {}, .destroyed = {}};
    const Amount subsidy = subsidy_at(height, parameters_);
    if (!settle_coinbase(transactions_[all.front()].transaction, subsidy, effect))
        return std::nullopt;
    return effect;
}

/// The rules of the header, of the size and of the coinbase but for what it claims. (That the body
/// is the header's own was seen to when it came.)
bool Archive::has_good_frame(BlockIndex block) {
    const std::span<const TransactionIndex> all = body(block);
    if (all.empty() || header_fault(block) != nullptr) return false;
    std::vector<FullTransactionId> payments;
    payments.reserve(all.size() - 1);
    for (const TransactionIndex index : all.subspan(1)) {
        if (!transactions_[index].fee) return false;
        payments.push_back(transactions_[index].full_id);
    }
    const std::size_t size = header_bytes + encoded_size_of_size(all.size()) + body_bytes(block);
    const Transaction& coinbase = transactions_[all.front()].transaction;
    return size <= parameters_.block_bytes_max && coinbase.is_coinbase() &&
           check_coinbase(coinbase, blocks_[block].header.previous, blocks_[block].height,
                          merkle_root(payments), parameters_, signatures_) &&
           check_coinbase_format(coinbase, parameters_, supply_max_);
}

void Archive::register_coins(BlockIndex block) {
    registered_.insert(block.value);
    for (const TransactionIndex index : body(block)) {
        const TransactionFact& fact = transactions_[index];
        for (const CoinIndex coin : fact.creates) coins_.add_creator(coin, block);
        for (const CoinIndex coin : fact.spends) coins_.add_spender(coin, block);
    }
}

void Archive::register_sums(BlockIndex block, const BlockEffect& effect) {
    const Amount before = sums(blocks_[block].parent).supply;
    const std::uint64_t supply = before.value + effect.issued.value - effect.destroyed.value;
    if (block.value >= sums_.size()) sums_.resize(block.value + std::size_t{1});
    sums_[block.value] = {.fees = effect.fees,
                          .issued = effect.issued,
                          .destroyed = effect.destroyed,
                          .supply = Amount{supply}};
}

const Archive::Sums& Archive::sums(BlockIndex block) const {
    CHECK(block_faults_.is_valid(block), "only blocks found valid have sums");
    return sums_[block.value];
}

}  // namespace bezant
