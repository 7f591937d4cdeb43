// SPDX-License-Identifier: Apache-2.0
#include "mempool/orphan_pool.hpp"

#include <algorithm>

namespace bezant {

void OrphanPool::add(TransactionIndex payment, std::span<const CoinIndex> missing) {
    if (count_max_ == 0 || contains(payment)) return;
    if (orphans_.size() == count_max_) orphans_.pop_front();
    orphans_.push_back({payment, {missing.begin(), missing.end()}});
}

void OrphanPool::remove(TransactionIndex payment) {
    std::erase_if(orphans_, [&](const Orphan& orphan) { return orphan.payment == payment; });
}

bool OrphanPool::contains(TransactionIndex payment) const {
    return std::ranges::find(orphans_, payment, &Orphan::payment) != orphans_.end();
}

std::vector<TransactionIndex> OrphanPool::take_waiting_for(std::span<const CoinIndex> coins) {
    std::vector<TransactionIndex> taken;
    if (orphans_.empty()) return taken;
    const auto waits = [&](const Orphan& orphan) {
        return std::ranges::find_first_of(orphan.missing, coins) != orphan.missing.end();
    };
    for (const Orphan& orphan : orphans_) {
        if (waits(orphan)) taken.push_back(orphan.payment);
    }
    std::erase_if(orphans_, waits);
    return taken;
}

}  // namespace bezant
