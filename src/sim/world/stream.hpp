// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/world/workload.hpp"

namespace bezant::sim {

/// Everyone mines all the time and payments come at random moments, until the scenario's blocks or
/// duration; then the world is left to settle, and mines on only where it is split.
class Stream final : public Workload {
public:
    Stream(Core& core, Mining& mining, WorkloadHooks hooks);

    void begin() override;
    void woken(std::uint64_t step) override;
    void tip_moved() override;
    [[nodiscard]] bool is_done() const override { return done_; }
    [[nodiscard]] double progress() const override;

private:
    enum class Step : std::uint8_t { pay, look };

    void pay();
    void pay_later();
    void look();
    void stop();
    [[nodiscard]] Duration mean_gap() const;
    [[nodiscard]] bool goal_reached() const;
    [[nodiscard]] Height height() const;

    Core& core_;
    Mining& mining_;
    WorkloadHooks hooks_;
    Payments payments_;
    bool stopped_ = false;  ///< no more payments: the world settles
    bool breaking_tie_ = false;
    bool done_ = false;
};

}  // namespace bezant::sim
