// SPDX-License-Identifier: Apache-2.0
#include "rpc/method.hpp"

#include <algorithm>
#include <iterator>

#include "rpc/methods/groups.hpp"

namespace bezant::rpc {

namespace {

std::vector<Method> all_groups() {
    std::vector<Method> all;
    for (auto file : method_files) std::ranges::move(file(), std::back_inserter(all));
    std::ranges::sort(all, {}, &Method::name);
    return all;
}

}  // namespace

const std::vector<Method>& methods() {
    static const std::vector<Method> all = all_groups();
    return all;
}

const Method* find_method(std::string_view name) {
    const auto found = std::ranges::lower_bound(methods(), name, {}, &Method::name);
    return found != methods().end() && found->name == name ? &*found : nullptr;
}

std::vector<std::string_view> method_names() {
    std::vector<std::string_view> names;
    for (const Method& method : methods()) names.push_back(method.name);
    return names;
}

std::string usage_of(const Method& method) {
    std::string text{method.name};
    for (const Parameter& parameter : method.parameters) {
        text += parameter.otherwise ? " (" : " ";
        text += parameter.name;
        if (parameter.otherwise) text += ')';
    }
    return text;
}

}  // namespace bezant::rpc
