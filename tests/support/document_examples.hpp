// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace bezant {

/// The text of docs/formats.md.
[[nodiscard]] std::string formats_document();

/// The lines of its fenced block "```example NAME"; a test fails if there is none.
[[nodiscard]] std::string example(std::string_view name);

/// The bytes of an example: the first word of each line that is not about what follows from them.
[[nodiscard]] Bytes bytes_of_example(const std::string& lines);

/// Checks that each name of a field in the example has a row in a table of the document.
void expect_fields_in_tables(const std::string& lines);

}  // namespace bezant
