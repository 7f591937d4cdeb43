// SPDX-License-Identifier: Apache-2.0
#include "sim/world/workload.hpp"

#include "sim/world/rounds.hpp"
#include "sim/world/stream.hpp"

namespace bezant::sim {

std::unique_ptr<Workload> make_workload(Core& core, Mining& mining, WorkloadHooks hooks) {
    if (core.scenario.workload.kind == WorkloadKind::rounds) {
        return std::make_unique<Rounds>(core, mining, std::move(hooks));
    }
    return std::make_unique<Stream>(core, mining, std::move(hooks));
}

}  // namespace bezant::sim
