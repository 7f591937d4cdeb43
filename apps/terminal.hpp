// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/text_style.hpp"

namespace bezant::apps {

enum class Colour { automatic, always, never };

/// How to write to standard output: in colour on a terminal unless NO_COLOR is set (no-color.org),
/// with box characters where the locale is UTF-8, as wide as the terminal is (80 to 120 columns).
[[nodiscard]] report::TextStyle output_style(Colour colour);

/// Whether standard error is a terminal, where a line of progress may be written over.
[[nodiscard]] bool errors_go_to_terminal();

}  // namespace bezant::apps
