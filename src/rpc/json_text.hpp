// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/amount.hpp"

namespace bezant::rpc {

namespace json = boost::json;

/// An amount as part of a result: in the text a number of bezants with exactly eight decimals, as
/// bitcoind prints it. It is made from the integer of units, digit by digit; no double comes near.
[[nodiscard]] json::value in_json(Amount amount);

/// The text of a result. Other numbers with a fraction are written with as few digits as tell them
/// apart; what is no number (infinite) is null.
[[nodiscard]] std::string json_text(const json::value& value);

/// The same JSON over several lines, two spaces a level. Numbers and strings stay as they are
/// written. `text` must be JSON.
[[nodiscard]] std::string indented(std::string_view text);

/// The text of this member of a JSON object's text, as it is written there. `text` must be JSON.
[[nodiscard]] std::optional<std::string_view> member_text(std::string_view text,
                                                          std::string_view name);
/// The texts of a JSON list's items; none if it is no list. `text` must be JSON.
[[nodiscard]] std::vector<std::string_view> item_texts(std::string_view text);

}  // namespace bezant::rpc
