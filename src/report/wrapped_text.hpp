// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "report/text_style.hpp"

namespace bezant::report {

/// A paragraph in lines that fit the page, each ended by a newline. The first begins with `lead`,
/// the others are indented as far. A word that is longer than a line has one to itself. Where the
/// style has no Unicode, dashes, dots and arrows are spelt in ASCII.
[[nodiscard]] std::string wrapped(const TextStyle& style, std::string_view lead,
                                  std::string_view text, std::optional<Tone> lead_tone = {});

}  // namespace bezant::report
