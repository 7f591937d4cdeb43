// SPDX-License-Identifier: Apache-2.0
#include "apps/usage_error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "apps/command.hpp"
#include "base/suggestion.hpp"

namespace bezant::apps {

namespace {

using Words = std::vector<std::string>;

Words command_names(const CLI::App& program) {
    Words names;
    for (const CLI::App* command : program.get_subcommands({}))
        names.push_back(command->get_name());
    return names;
}

Words flags_of(const CLI::App& app) {
    Words flags;
    for (const CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
    }
    return flags;
}

std::string suggestion(const std::string& word, const Words& known, std::string otherwise) {
    const std::vector<std::string_view> candidates{known.begin(), known.end()};
    const auto near = nearest(word, candidates);
    return near ? fmt::format("did you mean {}?", *near) : std::move(otherwise);
}

/// The first word that looks like a flag and is none.
const std::string* unknown_flag(std::span<const std::string> words, const Words& flags) {
    const auto found = std::ranges::find_if(words, [&](const std::string& word) {
        return word.starts_with("--") &&
               std::ranges::find(flags, word.substr(0, word.find('='))) == flags.end();
    });
    return found == words.end() ? nullptr : &*found;
}

}  // namespace

void print_usage_error(const CLI::App& program, const CLI::ParseError& error,
                       std::span<const std::string> words) {
    const CLI::App* app = &program;
    std::string called = "bezant";  // down to the command that the words name
    for (;;) {
        const Words commands = command_names(*app);
        if (commands.empty()) break;
        if (words.empty() && app == &program) {
            return print_error(
                "no command is given",
                fmt::format("commands are: {}; try: bezant simulate", fmt::join(commands, " ")));
        }
        if (words.empty() || words.front().starts_with('-')) break;
        if (std::ranges::find(commands, words.front()) == commands.end()) {
            return print_error(
                fmt::format("there is no command '{}'", words.front()),
                suggestion(words.front(), commands,
                           fmt::format("commands are: {}", fmt::join(commands, " "))));
        }
        app = app->get_subcommand(words.front());
        called += ' ' + words.front();
        words = words.subspan(1);
    }
    const std::string help = fmt::format("'{} --help' lists all flags", called);
    const Words flags = flags_of(*app);
    if (const std::string* flag = unknown_flag(words, flags))
        return print_error(fmt::format("there is no flag {}", *flag),
                           suggestion(*flag, flags, help));
    if (words.empty() && !command_names(*app).empty()) {
        return print_error(fmt::format("'{}' wants a command of its own", called),
                           fmt::format("one of: {}", fmt::join(command_names(*app), " ")));
    }
    print_error(error.what(), help);
}

}  // namespace bezant::apps
