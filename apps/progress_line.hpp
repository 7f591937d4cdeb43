// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "sim/observer.hpp"

namespace bezant::apps {

/// Says on standard error how far a long run is, how fast it goes and how long it will take: a line
/// written over on a terminal, a plain line now and then elsewhere. Silent for the first second.
class ProgressLine final : public sim::Observer {
public:
    explicit ProgressLine(bool on_terminal);

    void delivered(const sim::World& world, sim::ParticipantId from, sim::ParticipantId to,
                   const Message& message) override;
    void finished(const sim::World& world) override;

private:
    using Clock = std::chrono::steady_clock;

    void show(const sim::World& world, double seconds);

    bool on_terminal_;
    Clock::time_point started_ = Clock::now();
    Clock::time_point shown_ = started_;
    std::uint32_t calls_ = 0;
    bool line_is_open_ = false;
};

}  // namespace bezant::apps
