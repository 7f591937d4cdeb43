// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "sim/world.hpp"

namespace bezant::apps {

/// Says on standard error how far a long run is, how fast it goes and how long it will take: a line
/// written over on a terminal, a plain line now and then elsewhere. Silent for the first second.
class ProgressLine final : public sim::Observer {
public:
    /// The world must outlive it.
    ProgressLine(const sim::World& world, bool on_terminal)
        : world_(world), on_terminal_(on_terminal) {}

    void delivered(const sim::ObservedWorld& world, sim::ParticipantId from, sim::ParticipantId to,
                   const Message& message) override;
    void finished(const sim::ObservedWorld& world) override;

private:
    using Clock = std::chrono::steady_clock;

    void show(double seconds);

    const sim::World& world_;
    bool on_terminal_;
    Clock::time_point started_ = Clock::now();
    Clock::time_point shown_ = started_;
    std::uint32_t calls_ = 0;
    bool line_is_open_ = false;
};

}  // namespace bezant::apps
