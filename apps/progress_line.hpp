// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "apps/status_line.hpp"
#include "sim/observer.hpp"

namespace bezant::apps {

/// Says on standard error how far a long run is, how fast it goes and how long it will take.
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
          line_(on_terminal),
          moves_between_looks_(moves_between_looks) {}

    /// Something has happened.
    void moved();
    /// Takes the line away.
    void clear();

    void delivered(const sim::ObservedWorld& world, sim::ParticipantId from, sim::ParticipantId to,
                   const Message& message) override;
    void finished(const sim::ObservedWorld& world) override;

private:
    [[nodiscard]] std::string text() const;

    std::function<Progress()> progress_;
    StatusLine line_;
    std::uint32_t moves_between_looks_;
    std::uint32_t moves_ = 0;
};

}  // namespace bezant::apps
