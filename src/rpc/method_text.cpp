// SPDX-License-Identifier: Apache-2.0
#include "rpc/method_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "rpc/methods/groups.hpp"

namespace bezant::rpc {

namespace {

std::string default_of(const Parameter& parameter) {
    if (!parameter.otherwise) return "";
    if (*parameter.otherwise == "null") return "; may be left out";
    return fmt::format("; {} if left out", *parameter.otherwise);
}

std::string parameter_line(const Parameter& parameter) {
    return fmt::format("  {} ({}{}): {}\n", parameter.name, to_text(parameter.type),
                       default_of(parameter), parameter.meaning);
}

}  // namespace

std::vector<std::string_view> method_groups() {
    std::vector<std::string_view> names;
    for (auto file : method_files) {
        const std::string_view group = file().front().group;
        if (names.empty() || names.back() != group) names.push_back(group);
    }
    return names;
}

std::string list_of_methods() {
    std::string text;
    for (const std::string_view group : method_groups()) {
        text += fmt::format("{}== {} ==\n", text.empty() ? "" : "\n", group);
        for (const Method& method : methods()) {
            if (method.group == group) text += usage_of(method) + "\n";
        }
    }
    text.pop_back();
    return text;
}

std::string help_of(const Method& method) {
    std::string text = fmt::format("{}\n\n{}.\n", usage_of(method), method.summary);
    if (!method.parameters.empty()) text += "\nParameters:\n";
    for (const Parameter& parameter : method.parameters) text += parameter_line(parameter);
    text += fmt::format("\nResult:\n  {}\n", method.result);
    if (!method.errors.empty()) text += "\nErrors:\n";
    for (const ErrorCase& error : method.errors)
        text += fmt::format("  {}: {}\n", static_cast<int>(error.code), error.when);
    text += fmt::format("\nExample:\n  bezant rpc {}{}{}", method.name,
                        method.example.empty() ? "" : " ", method.example);
    return text;
}

}  // namespace bezant::rpc
