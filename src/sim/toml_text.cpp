// SPDX-License-Identifier: Apache-2.0
#include "sim/toml_text.hpp"

#include <fmt/format.h>

namespace bezant::sim {

namespace {

constexpr std::size_t text_bytes_max = 1'000'000;

}  // namespace

Result<toml::table, ScenarioError> table_from_toml(std::string_view text, std::string_view source) {
    if (text.size() > text_bytes_max) {
        return unexpected(ScenarioError{.where = std::string{source},
                                        .what = "the file is too large for a scenario",
                                        .advice = "is it the right file?",
                                        .key = {}});
    }
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& error) {
        return unexpected(
            ScenarioError{.where = fmt::format("{}:{}", source, error.source().begin.line),
                          .what = fmt::format("this is not TOML: {}", error.description()),
                          .advice = "see https://toml.io for how it is written",
                          .key = {}});
    }
}

std::string place_of(const toml::node& node, std::string_view source) {
    const auto line = node.source().begin.line;
    return line == 0 ? std::string{source} : fmt::format("{}:{}", source, line);
}

}  // namespace bezant::sim
