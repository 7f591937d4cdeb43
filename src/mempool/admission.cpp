// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "mempool/mempool.hpp"
#include "mempool/pool_view.hpp"

namespace bezant {

namespace {

constexpr std::uint64_t bytes_per_kilobyte = 1'000;

/// Rounded up. Kilobytes and the rest apart, so that the product is within 64 bits whenever the
/// result is; a floor beyond that asks for all that can be asked for.
Amount required_fee(std::uint32_t bytes, Amount fee_per_kilobyte) {
    const std::uint64_t kilobytes = fee_per_kilobyte.value / bytes_per_kilobyte;
    const std::uint64_t rest = fee_per_kilobyte.value % bytes_per_kilobyte;
    const std::uint64_t of_rest = (rest * bytes + bytes_per_kilobyte - 1) / bytes_per_kilobyte;
    if (kilobytes > (UINT64_MAX - of_rest) / std::max(bytes, 1U)) return Amount{UINT64_MAX};
    return Amount{kilobytes * bytes + of_rest};
}

}  // namespace

Result<Admission, Refusal> Mempool::add(TransactionIndex payment, BlockIndex tip) {
    const auto fee = take_in(payment, tip, Standing::newcomer);
    if (!fee) return unexpected(fee.error());
    Admission admission{*fee, {}, {}};
    if (!orphans_.empty())
        admission.adopted_orphans = adopt_orphans(archive_.transactions()[payment].creates, tip);
    admission.evicted = evict();
    if (admission.evicted.empty()) return admission;
    if (!contains(payment)) return unexpected(PoolFull{std::move(admission.evicted)});
    std::erase_if(admission.adopted_orphans, [&](auto orphan) { return !contains(orphan); });
    return admission;
}

Result<Amount, Refusal> Mempool::take_in(TransactionIndex payment, BlockIndex tip,
                                         Standing standing) {
    const TransactionFact& fact = archive_.transactions()[payment];
    auto fee = judge(payment, tip, standing);
    if (fee) {
        graph_.insert(payment, fact, *fee);
        orphans_.remove(payment);
    } else if (const auto* missing = std::get_if<MissingParents>(&fee.error())) {
        orphans_.add(payment, missing->coins);
    }
    return fee;
}

// A conflict is looked for only after the newcomer is known to be valid: a forged payment must not
// be able to accuse an honest payer of spending twice.
Result<Amount, Refusal> Mempool::judge(TransactionIndex payment, BlockIndex tip,
                                       Standing standing) const {
    const TransactionFact& fact = archive_.transactions()[payment];
    if (contains(payment)) return unexpected(AlreadyHeld{});
    auto fee = fee_if_valid(payment, tip);
    if (!fee) return fee;
    if (auto conflict = conflict_of(payment, fact)) return unexpected(*std::move(conflict));
    if (standing == Standing::newcomer) {
        if (auto fault = fee_fault(fact, *fee)) return unexpected(*std::move(fault));
    }
    if (chain_too_long(fact)) return unexpected(TooLongChain{});
    return fee;
}

Result<Amount, Refusal> Mempool::fee_if_valid(TransactionIndex payment, BlockIndex tip) const {
    if (const auto fee = archive_.fee_if_confirmable(payment, tip)) return *fee;
    const TransactionFact& fact = archive_.transactions()[payment];
    if (is_confirmed(fact, tip)) return unexpected(AlreadyConfirmed{});
    const PoolView view{archive_, graph_, tip};
    auto fee = archive_.check_payment_on(payment, view.next_height(), view);
    if (!fee) return unexpected(refusal_for(fact, tip, std::move(fee.error())));
    return *fee;
}

// A payment is in the chain if its coins are; ids without signatures name them, so a copy with
// other signatures counts as the same payment.
bool Mempool::is_confirmed(const TransactionFact& fact, BlockIndex tip) const {
    if (fact.creates.empty()) return false;
    const CoinLookup first = archive_.coins().at(fact.creates.front(), tip, archive_.blocks());
    return first.state != CoinState::unknown;
}

Refusal Mempool::refusal_for(const TransactionFact& fact, BlockIndex tip,
                             Rejection rejection) const {
    if (rejection.reason != Reason::unknown_coin) return Invalid{std::move(rejection)};
    const PoolView view{archive_, graph_, tip};
    MissingParents missing;
    for (const CoinIndex coin : fact.spends) {
        if (view.at(coin).state == CoinState::unknown) missing.coins.push_back(coin);
    }
    return missing;
}

std::optional<Refusal> Mempool::conflict_of(TransactionIndex payment,
                                            const TransactionFact& fact) const {
    for (const CoinIndex coin : fact.spends) {
        const auto held = graph_.rival(payment, coin);
        if (!held) continue;
        if (archive_.transactions()[*held].id == fact.id) return AlreadyHeld{};
        return Conflict{*held, coin};
    }
    return std::nullopt;
}

std::optional<Refusal> Mempool::fee_fault(const TransactionFact& fact, Amount fee) const {
    const Amount required = required_fee(fact.bytes, limits_.fee_per_kilobyte_min);
    if (fee < required) return FeeTooLow{fee, required};
    if (floor_ && !floor_->pays_less_than({fee.value, fact.bytes})) return PoolFull{{}};
    return std::nullopt;
}

bool Mempool::chain_too_long(const TransactionFact& fact) const {
    std::vector<TransactionIndex> ancestors;
    for (const CoinIndex coin : fact.spends) {
        const auto parent = graph_.creator(coin);
        if (!parent) continue;
        for (const TransactionIndex ancestor : graph_.ancestors(*parent)) {
            if (std::ranges::find(ancestors, ancestor) == ancestors.end()) {
                ancestors.push_back(ancestor);
            }
        }
    }
    if (ancestors.size() >= limits_.ancestors_max) return true;
    return std::ranges::any_of(ancestors, [&](TransactionIndex ancestor) {
        return graph_.descendants(ancestor, limits_.descendants_max).size() >=
               limits_.descendants_max;
    });
}

std::vector<TransactionIndex> Mempool::adopt_orphans(std::vector<CoinIndex> created,
                                                     BlockIndex tip) {
    std::vector<TransactionIndex> adopted;
    while (!orphans_.empty() && !created.empty()) {
        std::vector<CoinIndex> created_next;
        for (const TransactionIndex orphan : orphans_.take_waiting_for(created)) {
            if (!take_in(orphan, tip, Standing::newcomer)) continue;
            adopted.push_back(orphan);
            const auto& creates = archive_.transactions()[orphan].creates;
            created_next.insert(created_next.end(), creates.begin(), creates.end());
        }
        created = std::move(created_next);
    }
    return adopted;
}

}  // namespace bezant
