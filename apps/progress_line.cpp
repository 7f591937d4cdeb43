// SPDX-License-Identifier: Apache-2.0
#include "apps/progress_line.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace bezant::apps {

namespace {

constexpr std::chrono::milliseconds terminal_interval{200};
constexpr std::chrono::seconds plain_interval{10};
constexpr std::chrono::seconds silence{1};

}  // namespace

void ProgressLine::delivered(const sim::ObservedWorld& /*world*/, sim::ParticipantId /*from*/,
                             sim::ParticipantId /*to*/, const Message& /*message*/) {
    moved();
}

void ProgressLine::moved() {
    if (++moves_ % moves_between_looks_ != 0) return;
    const auto now = Clock::now();
    if (now - started_ < silence) return;
    if (now - shown_ < (on_terminal_ ? Clock::duration{terminal_interval} : plain_interval)) return;
    shown_ = now;
    show(std::chrono::duration<double>(now - started_).count());
}

void ProgressLine::show(double seconds) {
    const auto [share, elapsed, events] = progress_();
    const std::string left =
        share > 0.01 ? fmt::format(", {:.0f} s left", seconds * (1.0 - share) / share) : "";
    const std::string line =
        fmt::format("{:3.0f} %  {:.0f} s of virtual time, {:.0f} thousand events a second{}",
                    share * 100.0, static_cast<double>(elapsed.microseconds) / 1e6,
                    static_cast<double>(events) / seconds / 1e3, left);
    if (on_terminal_) {
        fmt::print(stderr, "\r\x1b[K{}", line);
        std::fflush(stderr);
        line_is_open_ = true;
    } else {
        fmt::print(stderr, "{}\n", line);
    }
}

void ProgressLine::finished(const sim::ObservedWorld& /*world*/) { clear(); }

void ProgressLine::clear() {
    if (line_is_open_) fmt::print(stderr, "\r\x1b[K");
    line_is_open_ = false;
}

}  // namespace bezant::apps
