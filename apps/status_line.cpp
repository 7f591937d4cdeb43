// SPDX-License-Identifier: Apache-2.0
#include "apps/status_line.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace bezant::apps {

namespace {

constexpr std::chrono::milliseconds terminal_interval{200};
constexpr std::chrono::seconds plain_interval{10};
constexpr std::chrono::seconds silence{1};

}  // namespace

bool StatusLine::is_due() {
    const auto now = Clock::now();
    if (now - started_ < silence) return false;
    if (now - shown_ < (on_terminal_ ? Clock::duration{terminal_interval} : plain_interval))
        return false;
    shown_ = now;
    return true;
}

void StatusLine::show(const std::string& line) {
    if (on_terminal_) {
        fmt::print(stderr, "\r\x1b[K{}", line);
        std::fflush(stderr);
        line_is_open_ = true;
    } else {
        fmt::print(stderr, "{}\n", line);
    }
}

void StatusLine::clear() {
    if (line_is_open_) fmt::print(stderr, "\r\x1b[K");
    line_is_open_ = false;
}

double StatusLine::seconds() const {
    return std::chrono::duration<double>(Clock::now() - started_).count();
}

}  // namespace bezant::apps
