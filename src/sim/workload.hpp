// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "sim/engine.hpp"
#include "sim/payment_planner.hpp"
#include "sim/scenario.hpp"

namespace bezant::sim {

/// What a workload needs of the world around it.
class WorkloadHost {
public:
    WorkloadHost() = default;
    WorkloadHost(const WorkloadHost&) = delete;
    WorkloadHost& operator=(const WorkloadHost&) = delete;
    virtual ~WorkloadHost() = default;

    virtual void round_started(std::uint32_t round) = 0;
    virtual void round_ended(std::uint32_t round) = 0;
    /// Orders a payment between participants now or later.
    virtual void pay(ParticipantId payer, ParticipantId payee, PaymentPlanner::Sum sum,
                     Time at) = 0;
    /// Whether it helps to `prepare`: tells the payer of a payment that will probably be ordered
    /// soon. Changes nothing of what happens.
    [[nodiscard]] virtual bool prepares_payments() const = 0;
    virtual void prepare(ParticipantId payer, ParticipantId payee, PaymentPlanner::Sum sum) = 0;
    /// An attack has not had enough: no end yet.
    [[nodiscard]] virtual bool wants_more() const = 0;
    /// Something is still to break, or to be mended: no last word yet.
    [[nodiscard]] virtual bool faults_to_come() const = 0;
};

/// What people do: when they pay and mine, and when the run is over.
class Workload {
public:
    Workload() = default;
    Workload(const Workload&) = delete;
    Workload& operator=(const Workload&) = delete;
    virtual ~Workload() = default;

    /// The world stands; nothing has happened yet.
    virtual void begin() = 0;
    /// The moment of an event that it scheduled (EventKind::workload).
    virtual void step(std::uint64_t number) = 0;
    /// After each event; cheap.
    virtual void look() = 0;
    [[nodiscard]] virtual bool is_over() const = 0;
    /// Share of the goal that is reached, from 0 to 1.
    [[nodiscard]] virtual double progress() const = 0;
};

[[nodiscard]] std::unique_ptr<Workload> make_workload(const Scenario& scenario, const Graph& graph,
                                                      Engine& engine, WorkloadHost& host);

}  // namespace bezant::sim
