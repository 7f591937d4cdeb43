// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/engine.hpp"
#include "sim/scenario.hpp"
#include "sim/topology/graph.hpp"

namespace bezant::sim {

/// Makes things go wrong, and right again: the faults that a scenario or an attack asks for, each
/// at its moment. What makes no sense when the moment comes (a crash of who is down) is left out.
class Faults {
public:
    using Report = std::function<void(const std::string&)>;

    /// `report` is told in plain words what was done. All must outlive this.
    Faults(Engine& engine, const Graph& graph, Report report)
        : engine_(engine), graph_(graph), report_(std::move(report)) {}

    /// Strikes at the fault's `at`, counted from `since`.
    void schedule(const Fault& fault, Time since);
    /// The moment of an EventKind::fault.
    void strike(std::uint64_t number);
    /// Does it now.
    void inflict(const Fault& fault);
    /// Mends everything: no partition, no cut link, everyone running, clocks right if `clocks`.
    void mend_all(bool clocks);

    [[nodiscard]] bool any_to_come() const { return struck_ < faults_.size(); }

private:
    void crash(ParticipantId who);
    void leave(ParticipantId who);
    void restart(ParticipantId who);
    void partition(const Fault& fault);
    void set_link(const Fault& fault, bool cut);
    void skew_clock(ParticipantId who, Duration skew);

    Engine& engine_;
    const Graph& graph_;
    Report report_;
    std::vector<Fault> faults_;
    std::size_t struck_ = 0;
};

}  // namespace bezant::sim
