// SPDX-License-Identifier: Apache-2.0
#include "rpc/parameter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>

#include "base/suggestion.hpp"

namespace bezant::rpc {

namespace {

constexpr std::size_t hash_digits = 64;
constexpr std::size_t shown_max = 80;

std::optional<std::uint32_t> as_number(const json::value& value) {
    const auto* integer = value.if_int64();  // what fits there is parsed as such
    if (integer == nullptr || *integer < 0 || *integer > UINT32_MAX) return std::nullopt;
    return static_cast<std::uint32_t>(*integer);
}

/// What was written, of a number: there is one shortest text that gives a double, and amounts of up
/// to 2^53 units have doubles of their own.
std::string written(const json::value& number) {
    if (const auto* integer = number.if_int64()) return fmt::format("{}", *integer);
    const auto* real = number.if_double();
    if (real == nullptr) return {};
    std::array<char, 400> text{};
    const auto end = std::to_chars(text.begin(), text.end(), *real, std::chars_format::fixed).ptr;
    return {text.begin(), end};
}

std::optional<Amount> as_amount(const json::value& value) {
    const auto* text = value.if_string();
    const auto amount = amount_from_text(text != nullptr ? std::string_view{*text}
                                                         : std::string_view{written(value)});
    return amount && *amount > Amount{} ? amount : std::nullopt;
}

bool is_hash(const json::value& value) {
    const auto* text = value.if_string();
    return text != nullptr && text->size() == hash_digits && from_hex(*text).has_value();
}

bool is_array_of_texts(const json::value& value) {
    const auto* array = value.if_array();
    return array != nullptr &&
           std::ranges::all_of(*array, [](const json::value& item) { return item.is_string(); });
}

bool has_type(const json::value& value, ParameterType type) {
    switch (type) {
        case ParameterType::text:
        case ParameterType::secret:
            return value.is_string();
        case ParameterType::hash:
            return is_hash(value);
        case ParameterType::number:
            return as_number(value).has_value();
        case ParameterType::amount:
            return as_amount(value).has_value();
        case ParameterType::boolean:
            return value.is_bool();
        case ParameterType::verbosity:
            return value.is_bool() || as_number(value).has_value();
        case ParameterType::texts:
            return is_array_of_texts(value);
        case ParameterType::object:
            return value.is_object();
    }
    CHECK(false, "all types are listed above");
}

/// Where a secret is asked for, it may have been given in another's place.
bool may_be_quoted(std::span<const Parameter> parameters) {
    return std::ranges::find(parameters, ParameterType::secret, &Parameter::type) ==
           parameters.end();
}

/// What was given, as far as it is short enough to be shown, and no secret.
std::string shown_argument(std::span<const Parameter> parameters, const json::value& value) {
    if (value.is_array()) return "an array";
    if (value.is_object()) return "an object";
    if (!may_be_quoted(parameters)) return value.is_string() ? "a string" : "no string";
    std::string text = json::serialize(value);
    if (text.size() > shown_max) return fmt::format("{} characters", text.size());
    return text;
}

/// A hash that is no hash is bitcoind's invalid parameter, all else a wrong type.
RpcError type_error(std::span<const Parameter> parameters, const Parameter& parameter,
                    const json::value& value) {
    const bool is_text = parameter.type == ParameterType::hash && value.is_string();
    return {is_text ? ErrorCode::invalid_parameter : ErrorCode::type_error,
            fmt::format("parameter '{}': got {}, expected {}", parameter.name,
                        shown_argument(parameters, value), to_text(parameter.type))};
}

Result<json::value, RpcError> checked(std::span<const Parameter> parameters,
                                      const Parameter& parameter, const json::value* value) {
    if (value == nullptr || (value->is_null() && parameter.otherwise)) {
        if (!parameter.otherwise) {
            return fail(ErrorCode::invalid_params,
                        fmt::format("parameter '{}' is missing: expected {} ({})", parameter.name,
                                    to_text(parameter.type), parameter.meaning));
        }
        return json::parse(*parameter.otherwise);
    }
    if (!has_type(*value, parameter.type))
        return unexpected{type_error(parameters, parameter, *value)};
    return *value;
}

std::vector<std::string_view> names_of(std::span<const Parameter> parameters) {
    std::vector<std::string_view> names;
    for (const Parameter& parameter : parameters) names.push_back(parameter.name);
    return names;
}

Result<void, RpcError> check_names(std::span<const Parameter> parameters,
                                   const json::object& given) {
    const auto names = names_of(parameters);
    for (const auto& [name, value] : given) {
        if (std::ranges::find(names, std::string_view{name}) != names.end()) continue;
        if (!may_be_quoted(parameters))
            return fail(ErrorCode::invalid_params, "there is no parameter of such a name");
        const auto near = nearest(name, names);
        return fail(
            ErrorCode::invalid_params,
            fmt::format("there is no parameter '{}'{}", std::string_view{name}.substr(0, shown_max),
                        near ? fmt::format(", did you mean '{}'?", *near) : ""));
    }
    return {};
}

Result<void, RpcError> check_count(std::span<const Parameter> parameters,
                                   const json::array& given) {
    if (given.size() <= parameters.size()) return {};
    return fail(ErrorCode::invalid_params,
                fmt::format("too many arguments: got {}, expected at most {}", given.size(),
                            parameters.size()));
}

/// The arguments are of one of the three kinds, and none is one too many.
Result<void, RpcError> check_given(std::span<const Parameter> parameters,
                                   const json::value& given) {
    if (const auto* array = given.if_array()) return check_count(parameters, *array);
    if (const auto* object = given.if_object()) return check_names(parameters, *object);
    if (given.is_null()) return {};
    return fail(ErrorCode::invalid_request,
                fmt::format("params: got {}, expected an array or an object",
                            shown_argument(parameters, given)));
}

const json::value* find_argument(const json::value& given, std::size_t position,
                                 std::string_view name) {
    if (const auto* array = given.if_array())
        return position < array->size() ? &(*array)[position] : nullptr;
    if (const auto* object = given.if_object()) return object->if_contains(name);
    return nullptr;
}

}  // namespace

std::string_view to_text(ParameterType type) {
    switch (type) {
        case ParameterType::text:
        case ParameterType::secret:
            return "a string";
        case ParameterType::hash:
            return "a string of 64 hexadecimal digits";
        case ParameterType::number:
            return "an integer from 0 to 4294967295";
        case ParameterType::amount:
            return "a number of BZT above 0 with at most eight decimals";
        case ParameterType::boolean:
            return "true or false";
        case ParameterType::verbosity:
            return "an integer from 0, or true or false";
        case ParameterType::texts:
            return "an array of strings";
        case ParameterType::object:
            return "an object";
    }
    CHECK(false, "all types are listed above");
}

std::string Arguments::text(std::size_t i) const { return std::string{values_.at(i).as_string()}; }

std::uint32_t Arguments::number(std::size_t i) const {
    const json::value& value = values_.at(i);
    if (const bool* flag = value.if_bool()) return *flag ? 1 : 0;
    const auto number = as_number(value);
    CHECK(number, "an argument is what its parameter asks for");
    return *number;
}

Amount Arguments::amount(std::size_t i) const {
    const auto amount = as_amount(values_.at(i));
    CHECK(amount, "an argument is what its parameter asks for");
    return *amount;
}

std::vector<std::string> Arguments::texts(std::size_t i) const {
    std::vector<std::string> list;
    for (const json::value& item : values_.at(i).as_array()) list.emplace_back(item.as_string());
    return list;
}

Result<Arguments, RpcError> bind_arguments(std::span<const Parameter> parameters,
                                           const json::value& given) {
    if (auto good = check_given(parameters, given); !good) return unexpected{good.error()};
    std::vector<json::value> values;
    values.reserve(parameters.size());
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        auto value =
            checked(parameters, parameters[i], find_argument(given, i, parameters[i].name));
        if (!value) return unexpected{std::move(value).error()};
        values.push_back(*std::move(value));
    }
    return Arguments{std::move(values)};
}

}  // namespace bezant::rpc
