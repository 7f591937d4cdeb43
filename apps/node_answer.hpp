// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "apps/failure.hpp"
#include "base/amount.hpp"

namespace bezant::apps {

// Members of objects in a node's answers. Amounts are read from their digits: no double comes near.

/// A string's letters, which must need no escapes; else as it is written. Empty if there is none.
[[nodiscard]] std::string text_in(std::string_view object, std::string_view name);
[[nodiscard]] std::optional<Amount> amount_in(std::string_view object, std::string_view name);
/// 0 if there is none.
[[nodiscard]] std::uint64_t count_in(std::string_view object, std::string_view name);

/// The answer is not what this program's version gives.
[[nodiscard]] unexpected<Failure> not_understood(std::string_view method);

}  // namespace bezant::apps
