// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "sim/observer.hpp"

namespace bezant::apps {

/// Says on standard error how far a long run is, how fast it goes and how long it will take: a line
/// written over on a terminal, a plain line now and then elsewhere. Silent for the first second.
class ProgressLine final : public sim::Observer {
public:
    /// How far a run is.
    struct Progress {
        double share = 0;  ///< of its goal, 0 to 1
        Duration elapsed;  ///< of virtual time
        std::uint64_t events = 0;
    };

    /// Looking at the clock costs more than most deliveries of messages do.
    static constexpr std::uint32_t deliveries_between_looks = 4'096;

    ProgressLine(std::function<Progress()> progress, bool on_terminal,
                 std::uint32_t moves_between_looks = deliveries_between_looks)
        : progress_(std::move(progress)),
          on_terminal_(on_terminal),
          moves_between_looks_(moves_between_looks) {}

    /// Something has happened.
    void moved();
    /// Takes the line away.
    void clear();

    void delivered(const sim::ObservedWorld& world, sim::ParticipantId from, sim::ParticipantId to,
                   const Message& message) override;
    void finished(const sim::ObservedWorld& world) override;

private:
    using Clock = std::chrono::steady_clock;

    void show(double seconds);

    std::function<Progress()> progress_;
    bool on_terminal_;
    std::uint32_t moves_between_looks_;
    Clock::time_point started_ = Clock::now();
    Clock::time_point shown_ = started_;
    std::uint32_t moves_ = 0;
    bool line_is_open_ = false;
};

}  // namespace bezant::apps
