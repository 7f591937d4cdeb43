// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace bezant::sim {

/// A piece of a stranger's text in quotation marks, fit to be printed: cut after some 40 letters,
/// control characters, and bytes that are no UTF-8, shown as '?'.
[[nodiscard]] std::string quoted(std::string_view text);

/// Whether some control character (C0, delete, or C1 in UTF-8) is in the text.
[[nodiscard]] bool has_control_character(std::string_view text);

}  // namespace bezant::sim
