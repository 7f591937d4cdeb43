// SPDX-License-Identifier: Apache-2.0
#include "apps/config_file.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <optional>
#include <vector>

#include "apps/files.hpp"

namespace bezant::apps {

namespace {

using net::StartError;

constexpr std::size_t config_bytes_max = std::size_t{1} << 20U;

/// The value as it would be written on the command line.
std::optional<std::string> word_of(const toml::node& node) {
    if (const auto text = node.value_exact<std::string>()) return text;
    if (const auto number = node.value_exact<std::int64_t>()) return fmt::format("{}", *number);
    if (const auto number = node.value_exact<double>()) return fmt::format("{}", *number);
    if (const auto truth = node.value_exact<bool>()) return *truth ? "true" : "false";
    return std::nullopt;
}

std::optional<std::vector<std::string>> words_of(const toml::node& node) {
    std::vector<std::string> words;
    const auto add = [&](const toml::node& one) {
        const auto word = word_of(one);
        if (word) words.push_back(*word);
        return word.has_value();
    };
    if (!node.is_array()) return add(node) ? std::optional{words} : std::nullopt;
    for (const toml::node& one : *node.as_array()) {
        if (!add(one)) return std::nullopt;
    }
    return words;
}

/// One file, and the flags that it sets.
class ConfigFile {
public:
    ConfigFile(CLI::App& app, std::string path) : app_(app), path_(std::move(path)) {}

    Result<void, StartError> read() {
        const auto bytes = read_file(path_, config_bytes_max);
        if (!bytes) return unexpected{StartError{.what = bytes.error().what, .advice = {}}};
        const std::string_view text{reinterpret_cast<const char*>(bytes->data()), bytes->size()};
        try {
            return apply(toml::parse(text));
        } catch (const toml::parse_error& error) {
            return fault(error.source(), std::string{error.description()}, "it should be TOML");
        }
    }

private:
    Result<void, StartError> apply(const toml::table& table) {
        for (const auto& [key, node] : table) {
            if (auto set = apply(std::string{key.str()}, node); !set) return set;
        }
        return {};
    }

    Result<void, StartError> apply(const std::string& key, const toml::node& node) {
        CLI::Option* const option = app_.get_option_no_throw("--" + key);
        if (option == nullptr || !may_be_in_config(option)) {
            return fault(node.source(), fmt::format("there is no flag --{}", key),
                         fmt::format("bezant {} --help lists them", app_.get_name()));
        }
        auto words = words_of(node);
        if (!words) return fault(node.source(), key + " is a table or a date", "write a value");
        if (option->count() != 0) return {};
        try {
            for (std::string& word : *words) option->add_result(std::move(word));
            if (!words->empty()) option->run_callback();
        } catch (const CLI::ParseError& error) {
            return fault(node.source(), error.what(),
                         fmt::format("bezant {} --help says what it takes", app_.get_name()));
        }
        return {};
    }

    unexpected<StartError> fault(const toml::source_region& where, const std::string& what,
                                 std::string advice) const {
        return unexpected{
            StartError{.what = fmt::format("{}, line {}: {}", path_, where.begin.line, what),
                       .advice = std::move(advice)}};
    }

    CLI::App& app_;
    std::string path_;
};

}  // namespace

bool may_be_in_config(const CLI::Option* option) {
    return !option->check_lname("help") && !option->check_lname("config");
}

Result<void, StartError> read_config_file(CLI::App& app, const std::string& path) {
    return ConfigFile{app, path}.read();
}

}  // namespace bezant::apps
