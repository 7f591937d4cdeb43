// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/amount.hpp"
#include "base/check.hpp"
#include "base/hex.hpp"
#include "base/result.hpp"
#include "rpc/rpc_error.hpp"

namespace bezant::rpc {

namespace json = boost::json;

/// What an argument must be.
enum class ParameterType : std::uint8_t {
    text,       ///< any string
    secret,     ///< any string; where there is one, errors quote none of the arguments
    hash,       ///< a string of 64 hexadecimal digits
    number,     ///< an integer from 0 to 4294967295
    amount,     ///< a number of BZT, or a string of one, with up to eight decimals; not 0
    boolean,    ///< true or false
    verbosity,  ///< a number, or false for 0 and true for 1
    texts,      ///< an array of strings
    object,     ///< an object
};
/// "a string of 64 hexadecimal digits"
[[nodiscard]] std::string_view to_text(ParameterType type);

struct Parameter {
    std::string_view name;
    ParameterType type{};
    std::string_view meaning;
    /// JSON of what it is when it is left out; "null" if that is a case of its own. Nothing if it
    /// must be given.
    std::optional<std::string_view> otherwise{};
};

/// The arguments of one call, one a parameter, each of its type, or null if it was left out and
/// nothing stands for it.
class Arguments {
public:
    explicit Arguments(std::vector<json::value> values) : values_(std::move(values)) {}

    [[nodiscard]] bool has(std::size_t i) const { return !values_.at(i).is_null(); }
    [[nodiscard]] std::string text(std::size_t i) const;
    [[nodiscard]] std::uint32_t number(std::size_t i) const;
    [[nodiscard]] Amount amount(std::size_t i) const;
    [[nodiscard]] bool flag(std::size_t i) const { return values_.at(i).as_bool(); }
    [[nodiscard]] std::vector<std::string> texts(std::size_t i) const;
    [[nodiscard]] const json::object& object(std::size_t i) const {
        return values_.at(i).as_object();
    }
    template <class Hash>
    [[nodiscard]] Hash hash(std::size_t i) const {
        const auto value = fixed_from_hex_reversed<Hash>(text(i));
        CHECK(value, "an argument is what its parameter asks for");
        return *value;
    }

private:
    std::vector<json::value> values_;
};

/// Puts the arguments of a call, by position (an array), by name (an object) or none (null), in the
/// places of the parameters. Refuses those that nobody asked for, those that are missing, and those
/// of another type, with a word on which it is, what was got and what was expected.
[[nodiscard]] Result<Arguments, RpcError> bind_arguments(std::span<const Parameter> parameters,
                                                         const json::value& given);

}  // namespace bezant::rpc
