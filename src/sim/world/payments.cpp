// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sim/topology/graph_distance.hpp"
#include "sim/world/workload.hpp"

namespace bezant::sim {

namespace {

/// People pay round sums: steps of 0.05 BZT for amounts and 0.0001 for fees, where the range
/// allows.
constexpr std::uint64_t amount_step = 5'000'000;
constexpr std::uint64_t fee_step = 10'000;
constexpr unsigned payer_tries_max = 20;

/// Participants at 1 to `hops_max` links from one, nearest first; searched only so far.
std::vector<std::pair<ParticipantId, std::uint32_t>> within(const Graph& graph, ParticipantId from,
                                                            std::uint32_t hops_max) {
    std::vector<std::pair<ParticipantId, std::uint32_t>> reached{{from, 0}};
    for (std::size_t i = 0; i < reached.size() && reached[i].second < hops_max; ++i) {
        for (const NodeIndex next : graph.neighbours(reached[i].first)) {
            const bool seen = std::ranges::any_of(
                reached, [&](const auto& entry) { return entry.first == next; });
            if (!seen) reached.emplace_back(next, reached[i].second + 1);
        }
    }
    reached.erase(reached.begin());
    return reached;
}

}  // namespace

Payments::Payments(Core& core) : core_(core), random_(core.random.stream("payments")) {}

std::optional<ParticipantId> Payments::random_payer() {
    for (unsigned attempt = 0; attempt < payer_tries_max; ++attempt) {
        const auto who = static_cast<ParticipantId>(random_.below(core_.size()));
        if (core_.places[who].is_honest()) return who;
    }
    return std::nullopt;
}

std::optional<ParticipantId> Payments::payee_of(ParticipantId payer, std::uint32_t hops) {
    const std::uint32_t hops_max = core_.scenario.workload.hops_max;
    if (hops_max == 0) {
        const auto other = static_cast<ParticipantId>(random_.below(core_.size() - 1));
        return other < payer ? other : other + 1;
    }
    auto candidates = within(core_.graph, payer, hops_max);
    auto preferred = candidates;
    std::erase_if(preferred, [&](const auto& entry) { return entry.second != hops; });
    if (!preferred.empty()) candidates = std::move(preferred);
    if (candidates.empty()) return std::nullopt;
    return random_.pick(candidates).first;
}

Amount Payments::draw(Amount low, Amount high, std::uint64_t step) {
    if (high.value - low.value < step) step = 1;
    const std::uint64_t first = (low.value + step - 1) / step;
    return Amount{(first + random_.below(high.value / step - first + 1)) * step};
}

bool Payments::order(ParticipantId payer, std::uint32_t hops, Duration after) {
    const WorkloadSettings& workload = core_.scenario.workload;
    const auto payee = payee_of(payer, hops);
    Amount amount = draw(workload.amount_min, workload.amount_max, amount_step);
    const Amount fee = draw(workload.fee_min, workload.fee_max, fee_step);
    const Participant* participant = core_.places[payer].participant();
    if (!payee || participant == nullptr) return false;
    const Amount spendable = participant->balance().spendable;
    if (spendable.value < fee.value + workload.amount_min.value) return false;
    amount = std::min(amount, Amount{spendable.value - fee.value});
    give(payer, core_.owners[*payee], amount, fee, after);
    return true;
}

std::uint64_t Payments::give(ParticipantId payer, const PublicKeyHash& to, Amount amount,
                             Amount fee, Duration after) {
    core_.tell(payer, EventKind::order, PaymentOrdered{{next_order_, to, amount, fee}}, after);
    return next_order_++;
}

}  // namespace bezant::sim
