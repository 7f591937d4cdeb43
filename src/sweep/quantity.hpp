// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <toml++/toml.h>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"

namespace bezant::sweep {

/// A type of a scenario's keys whose values are whole numbers of some unit, so that there are
/// values between two of them.
struct Quantity {
    /// The value in its smallest unit, or what to write instead.
    std::function<Result<std::int64_t, std::string>(const toml::node&)> read;
    std::function<std::string(std::int64_t)> write;  ///< as in TOML
    /// As results have it.
    std::function<std::variant<std::int64_t, double, std::string>(std::int64_t)> store;
};

/// Of a type as ScenarioKey names it; nothing for texts, lists, and true or false.
[[nodiscard]] std::optional<Quantity> quantity_of(std::string_view type);

}  // namespace bezant::sweep
