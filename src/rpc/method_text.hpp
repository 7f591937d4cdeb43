// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "rpc/method.hpp"

namespace bezant::rpc {

// What the method table says, for people.

/// A line a method, under the names of their groups.
[[nodiscard]] std::string list_of_methods();
/// All that is said of one method, as plain text.
[[nodiscard]] std::string help_of(const Method& method);
/// docs/api.md: the interface, its bounds and rules, and all methods, in Markdown.
[[nodiscard]] std::string api_document();

/// The names of the groups, in the order in which they are shown.
[[nodiscard]] std::vector<std::string_view> method_groups();

}  // namespace bezant::rpc
