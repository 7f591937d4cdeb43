// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

namespace bezant::apps {

/// A line on standard error that says how far something long is: written over on a terminal, a
/// plain line now and then elsewhere. Nothing in the first second.
class StatusLine {
public:
    explicit StatusLine(bool on_terminal) : on_terminal_(on_terminal) {}

    /// Whether the time has come to say something again.
    [[nodiscard]] bool is_due();
    void show(const std::string& line);
    /// Takes the line away.
    void clear();

    [[nodiscard]] double seconds() const;  ///< since it was made

private:
    using Clock = std::chrono::steady_clock;

    bool on_terminal_;
    Clock::time_point started_ = Clock::now();
    Clock::time_point shown_ = started_;
    bool line_is_open_ = false;
};

}  // namespace bezant::apps
