// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "sim/world/driver.hpp"
#include "sim/world/mining.hpp"

namespace bezant::sim {

/// What the outside hears of a workload.
struct WorkloadHooks {
    std::function<void(std::uint32_t)> round_started;
    std::function<void(std::uint32_t)> round_ended;
    std::function<bool()> wants_more;       ///< an attack is not done yet
    std::function<bool()> faults_expected;  ///< it is too early to settle
};

/// What people do: when they pay and when they mine, until the scenario's goal is reached and
/// everyone agrees.
class Workload {
public:
    Workload() = default;
    Workload(const Workload&) = delete;
    Workload& operator=(const Workload&) = delete;
    virtual ~Workload() = default;

    virtual void begin() = 0;
    /// A moment it asked for (EventKind::workload).
    virtual void woken(std::uint64_t step) = 0;
    /// A participant's tip moved.
    virtual void tip_moved() = 0;
    [[nodiscard]] virtual bool is_done() const = 0;
    /// Share of the goal reached, 0 to 1.
    [[nodiscard]] virtual double progress() const = 0;
};

[[nodiscard]] std::unique_ptr<Workload> make_workload(Core& core, Mining& mining,
                                                      WorkloadHooks hooks);

/// Orders payments as the settings say: who can, to someone near enough, for round sums.
class Payments {
public:
    explicit Payments(Core& core);

    /// Orders one of this payer, if he can pay; the payee is at this distance if someone is and it
    /// is not 0, and otherwise within reach. `after` from now. False if he cannot pay.
    bool order(ParticipantId payer, std::uint32_t hops, Duration after);
    /// A running participant.
    [[nodiscard]] std::optional<ParticipantId> random_payer();
    [[nodiscard]] std::uint64_t ordered() const { return next_order_; }
    [[nodiscard]] Random& random() { return random_; }

    /// Gives an order to a participant; its number.
    std::uint64_t give(ParticipantId payer, const PublicKeyHash& to, Amount amount, Amount fee,
                       Duration after);

private:
    [[nodiscard]] std::optional<ParticipantId> payee_of(ParticipantId payer, std::uint32_t hops);
    [[nodiscard]] Amount draw(Amount low, Amount high, std::uint64_t step);

    Core& core_;
    Random random_;
    std::uint64_t next_order_ = 0;
};

}  // namespace bezant::sim
