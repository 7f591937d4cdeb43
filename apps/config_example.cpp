// SPDX-License-Identifier: Apache-2.0
// `bezant config`: a file for --config, made of the same definitions as the flags of `bezant node`.
#include <fmt/format.h>

#include <string>

#include "apps/command.hpp"
#include "apps/config_file.hpp"

namespace bezant::apps {

namespace {

constexpr const char* head =
    "# What `bezant node --config FILE` takes from a file, made by `bezant config` {}. Each key is "
    "a\n"
    "# flag of `bezant node`; the command line goes before this file. Lines show what is so "
    "without\n"
    "# them, or what to write there: take away the # of those to be set.\n";

bool is_flag(const CLI::Option& option) { return option.get_items_expected_max() == 0; }
bool is_list(const CLI::Option& option) { return option.get_expected_max() > 1; }
bool is_text(const CLI::Option& option) { return option.get_type_name().starts_with("TEXT"); }

/// As TOML has it: what stands if nothing is said, or the word for what is to be written.
std::string value_of(const CLI::Option& option) {
    if (is_flag(option)) return "false";
    const std::string& usual = option.get_default_str();
    const std::string value = usual.empty() ? option.get_option_text() : usual;
    if (is_list(option)) return fmt::format("[\"{}\"]", option.get_option_text());
    return is_text(option) ? fmt::format("\"{}\"", value) : value;
}

ExitCode print_config(const CLI::App& node) {
    fmt::print(head, BEZANT_VERSION);
    for (const CLI::Option* option : node.get_options(may_be_in_config)) {
        fmt::print("\n# {}\n# {} = {}\n", option->get_description(), option->get_lnames().front(),
                   value_of(*option));
    }
    return ExitCode::good;
}

}  // namespace

Command add_config(CLI::App& program) {
    CLI::App* app = program.add_subcommand(
        "config", "Print a file for `bezant node --config` with every key, as comments");
    app->footer("Example: bezant config > bezant.toml && bezant node --config bezant.toml");
    return {app, [&program] { return print_config(*program.get_subcommand("node")); }};
}

}  // namespace bezant::apps
