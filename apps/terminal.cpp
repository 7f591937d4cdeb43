// SPDX-License-Identifier: Apache-2.0
#include "apps/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace bezant::apps {

namespace {

constexpr std::size_t columns_min = 80;
constexpr std::size_t columns_max = 120;

bool is_set(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
}

std::string_view variable(const char* name) { return is_set(name) ? std::getenv(name) : ""; }

/// LC_ALL, LC_CTYPE and LANG in the order in which the C library heeds them. With none set we trust
/// that whoever reads the output can read UTF-8, as nearly everything can.
bool locale_is_utf8() {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const std::string_view value = variable(name);
        if (value.empty()) continue;
        return value.find("UTF-8") != value.npos || value.find("utf8") != value.npos ||
               value == "C" || value == "POSIX";
    }
    return true;
}

std::size_t terminal_columns() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return columns_min;
    return std::clamp<std::size_t>(size.ws_col, columns_min, columns_max);
}

bool wants_colour(Colour colour) {
    if (colour != Colour::automatic) return colour == Colour::always;
    return isatty(STDOUT_FILENO) == 1 && !is_set("NO_COLOR") && variable("TERM") != "dumb";
}

}  // namespace

report::TextStyle output_style(Colour colour) {
    return {wants_colour(colour), locale_is_utf8(), terminal_columns()};
}

bool errors_go_to_terminal() { return isatty(STDERR_FILENO) == 1; }

}  // namespace bezant::apps
