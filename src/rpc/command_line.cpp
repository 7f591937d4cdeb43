// SPDX-License-Identifier: Apache-2.0
#include "rpc/command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "rpc/json_text.hpp"
#include "rpc/method.hpp"

namespace bezant::rpc {

namespace {

bool takes_a_string(const Parameter* parameter) {
    if (parameter == nullptr) return false;
    using enum ParameterType;
    return parameter->type == text || parameter->type == secret || parameter->type == hash;
}

json::value argument_of(const std::string& word, const Parameter* parameter) {
    if (takes_a_string(parameter)) return json::value(word);
    json::error_code error;
    json::value value = json::parse(word, error);
    if (error) return json::value(word);
    return value;
}

const Parameter* parameter_at(const Method* method, std::size_t position) {
    if (method == nullptr || position >= method->parameters.size()) return nullptr;
    return &method->parameters[position];
}

const Parameter* parameter_named(const Method* method, std::string_view name) {
    if (method == nullptr) return nullptr;
    const auto found = std::ranges::find(method->parameters, name, &Parameter::name);
    return found == method->parameters.end() ? nullptr : &*found;
}

std::string request_text(std::string_view method, json::value arguments) {
    return json::serialize(json::object{
        {"jsonrpc", "2.0"}, {"id", 1}, {"method", method}, {"params", std::move(arguments)}});
}

std::optional<RpcError> error_in(const json::object& answer) {
    const json::value* error = answer.if_contains("error");
    const auto* object = error == nullptr ? nullptr : error->if_object();
    if (object == nullptr) return std::nullopt;
    const json::value* code = object->if_contains("code");
    const json::value* message = object->if_contains("message");
    if (code == nullptr || message == nullptr || !code->is_int64() || !message->is_string())
        return std::nullopt;
    return RpcError{static_cast<ErrorCode>(code->get_int64()), std::string{message->get_string()}};
}

}  // namespace

std::string request_of_words(std::string_view method, std::span<const std::string> words) {
    json::array arguments;
    for (std::size_t i = 0; i < words.size(); ++i)
        arguments.emplace_back(argument_of(words[i], parameter_at(find_method(method), i)));
    return request_text(method, std::move(arguments));
}

Result<std::string, std::string> request_of_named_words(std::string_view method,
                                                        std::span<const std::string> words) {
    json::object arguments;
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        if (equals == word.npos || equals == 0)
            return unexpected{fmt::format("'{}' is not of the form NAME=VALUE", word)};
        const std::string name = word.substr(0, equals);
        arguments[name] =
            argument_of(word.substr(equals + 1), parameter_named(find_method(method), name));
    }
    return request_text(method, std::move(arguments));
}

std::optional<ReadableAnswer> readable(std::string_view answer) {
    json::error_code failed;
    const json::value value = json::parse(answer, failed);
    if (failed || !value.is_object()) return std::nullopt;
    if (auto error = error_in(value.get_object()))
        return ReadableAnswer{.error = std::move(error), .text = {}};
    const json::value* result = value.get_object().if_contains("result");
    const auto text = member_text(answer, "result");
    if (result == nullptr || !text) return std::nullopt;
    if (const auto* string = result->if_string())
        return ReadableAnswer{.text = std::string{*string}};
    return ReadableAnswer{.text = result->is_null() ? std::string{} : indented(*text)};
}

}  // namespace bezant::rpc
