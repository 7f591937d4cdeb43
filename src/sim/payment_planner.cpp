// SPDX-License-Identifier: Apache-2.0
#include "sim/payment_planner.hpp"

#include <algorithm>
#include <set>

namespace bezant::sim {

namespace {

constexpr Amount amount_step{units_per_bezant / 20};   // 0.05
constexpr Amount fee_step{units_per_bezant / 10'000};  // 0.0001

}  // namespace

std::optional<ParticipantId> PaymentPlanner::payee(ParticipantId payer, Distance distance) {
    if (distance == Distance::any && settings_.hops_max == 0) return anyone_but(payer);
    constexpr std::uint32_t two = 2;
    const bool exactly_two = distance == Distance::two_hops;
    const auto rings = rings_around(payer, exactly_two ? two : settings_.hops_max);
    std::vector<ParticipantId> candidates;
    for (std::size_t i = 0; i < rings.size(); ++i) {
        if (exactly_two && i + 1 != two) continue;
        candidates.insert(candidates.end(), rings[i].begin(), rings[i].end());
    }
    if (candidates.empty()) return std::nullopt;
    return random_.pick(candidates);
}

std::vector<std::vector<ParticipantId>> PaymentPlanner::rings_around(ParticipantId payer,
                                                                     std::uint32_t hops_max) {
    std::vector<std::vector<ParticipantId>> rings;
    std::set<ParticipantId> seen{payer};
    std::vector<ParticipantId> border{payer};
    for (std::uint32_t hops = 0; hops < hops_max && !border.empty(); ++hops) {
        std::vector<ParticipantId> ring;
        for (const ParticipantId inner : border) {
            for (const ParticipantId outer : graph_.neighbours(inner)) {
                if (seen.insert(outer).second) ring.push_back(outer);
            }
        }
        std::ranges::sort(ring);
        rings.push_back(ring);
        border = std::move(ring);
    }
    return rings;
}

std::optional<ParticipantId> PaymentPlanner::anyone_but(ParticipantId payer) {
    if (graph_.node_count() < 2) return std::nullopt;
    const auto drawn = static_cast<ParticipantId>(random_.below(graph_.node_count() - 1));
    return drawn < payer ? drawn : drawn + 1;
}

std::optional<PaymentPlanner::Sum> PaymentPlanner::sum(Amount spendable) {
    const Amount fee = draw(settings_.fee_min, settings_.fee_max, fee_step);
    const auto left = checked_subtract(spendable, fee);
    const Amount most = std::min(settings_.amount_max, left.value_or(Amount{}));
    if (most < settings_.amount_min) return std::nullopt;
    return Sum{.amount = draw(settings_.amount_min, most, amount_step), .fee = fee};
}

/// Uniform among the multiples of `step` in the range, or in all of it if it has none.
Amount PaymentPlanner::draw(Amount least, Amount most, Amount step) {
    const std::uint64_t first = (least.value + step.value - 1) / step.value;
    const std::uint64_t last = most.value / step.value;
    if (first > last) return Amount{least.value + random_.below(most.value - least.value + 1)};
    return Amount{(first + random_.below(last - first + 1)) * step.value};
}

}  // namespace bezant::sim
