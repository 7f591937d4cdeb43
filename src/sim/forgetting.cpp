// SPDX-License-Identifier: Apache-2.0
#include "sim/forgetting.hpp"

#include <algorithm>

namespace bezant::sim {

namespace {

bool history_may_be_asked_for(const Scenario& scenario) {
    const bool chaos_crashes = scenario.chaos.until > Duration{} && scenario.chaos.crashes;
    return scenario.workload.kind == WorkloadKind::rounds || chaos_crashes ||
           scenario.churn.until > Duration{} || scenario.participant.fork_choice != nullptr ||
           std::ranges::any_of(scenario.faults,
                               [](const Fault& fault) { return fault.kind == FaultKind::restart; });
}

}  // namespace

Forgetting::Forgetting(const Scenario& scenario, bool is_attacked, const Engine& engine)
    : engine_(engine),
      is_allowed_(!is_attacked && !history_may_be_asked_for(scenario)),
      count_min_(scenario.participant.transactions_in_memory_min),
      forget_at_(count_min_) {}

std::optional<BlockIndex> Forgetting::due() {
    const Archive& archive = engine_.archive();
    if (!is_allowed_ || archive.transactions().known_count() < forget_at_) return std::nullopt;
    auto settled = archive.all_judged() ? engine_.agreement().common_ancestor() : std::nullopt;
    if (!settled) done();
    return settled;
}

void Forgetting::done() {
    forget_at_ = std::max(count_min_, 2 * engine_.archive().transactions().known_count());
}

}  // namespace bezant::sim
