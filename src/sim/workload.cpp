// SPDX-License-Identifier: Apache-2.0
#include "sim/workload.hpp"

#include <utility>

#include "sim/workload_rounds.hpp"
#include "sim/workload_stream.hpp"

namespace bezant::sim {

std::unique_ptr<Workload> make_workload(const Scenario& scenario, const Graph& graph,
                                        Engine& engine, WorkloadHost& host) {
    const PaymentPlanner planner{graph, scenario.workload,
                                 Random{scenario.seed}.stream("payments")};
    if (scenario.workload.kind == WorkloadKind::rounds) {
        return std::make_unique<RoundsWorkload>(scenario.workload, planner, engine, host);
    }
    return std::make_unique<StreamWorkload>(scenario.workload, planner, engine, host);
}

}  // namespace bezant::sim
