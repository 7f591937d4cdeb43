// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/branch_miner.hpp"

namespace bezant::sim {

namespace {

constexpr unsigned order_bits = 8;

}  // namespace

void order_miner(AttackControl& control, ParticipantId miner, MinerOrder order, Height shown) {
    const std::uint64_t tag =
        std::uint64_t{shown.value} << order_bits | static_cast<std::uint64_t>(order);
    control.poke(miner, tag, {});
}

void BranchMiner::handle(const Event& event, Time now, Effects& effects) {
    SecretMiner::handle(event, now, effects);
    const bool has_nothing = is_secret() && blocks().is_ancestor(secret_tip(), best_known());
    if (has_nothing) follow(now, effects);
    match(now, effects);
}

void BranchMiner::match(Time now, Effects& effects) {
    if (!matched_ || !is_secret() || blocks()[best_known()].height < *matched_) return;
    show(blocks().ancestor(secret_tip(), *matched_), now, effects);
    matched_.reset();
}

void BranchMiner::poked(std::uint64_t tag, Time now, Effects& effects) {
    const Height last{static_cast<std::uint32_t>(tag >> order_bits)};
    switch (static_cast<MinerOrder>(tag & UINT8_MAX)) {
        case MinerOrder::mine_in_secret:
            return begin_in_secret(payment_, now, effects);
        case MinerOrder::show:
            return show(blocks().ancestor(secret_tip(), last), now, effects);
        case MinerOrder::match:
            matched_ = last;
            return match(now, effects);
        case MinerOrder::live_honestly:
            return live_honestly(now, effects);
    }
}

}  // namespace bezant::sim
