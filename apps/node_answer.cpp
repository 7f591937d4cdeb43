// SPDX-License-Identifier: Apache-2.0
#include "apps/node_answer.hpp"

#include <fmt/format.h>

#include <charconv>

#include "rpc/json_text.hpp"

namespace bezant::apps {

std::string text_in(std::string_view object, std::string_view name) {
    const auto text = rpc::member_text(object, name).value_or("");
    return std::string{text.starts_with('"') ? text.substr(1, text.size() - 2) : text};
}

std::optional<Amount> amount_in(std::string_view object, std::string_view name) {
    return amount_from_text(text_in(object, name));
}

std::uint64_t count_in(std::string_view object, std::string_view name) {
    const std::string text = text_in(object, name);
    std::uint64_t count = 0;
    std::from_chars(text.data(), text.data() + text.size(), count);
    return count;
}

unexpected<Failure> not_understood(std::string_view method) {
    return unexpected{Failure{.code = ExitCode::environment,
                              .what = fmt::format("the node's answer to {} makes no sense", method),
                              .advice = "is it of another version?"}};
}

}  // namespace bezant::apps
