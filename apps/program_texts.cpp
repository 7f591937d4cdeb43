// SPDX-License-Identifier: Apache-2.0
// `bezant man` and `bezant completions`: texts made of the same definitions as --help.
#include <fmt/format.h>

#include <memory>

#include "apps/command.hpp"

namespace bezant::apps {

namespace {

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
    std::string text;
    for (const std::string& word : words) {
        if (!text.empty()) text += separator;
        text += word;
    }
    return text;
}

std::vector<std::string> flags_of(const CLI::App& app) {
    std::vector<std::string> flags;
    for (const CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
    }
    return flags;
}

std::vector<std::string> command_names(const CLI::App& program) {
    std::vector<std::string> names;
    for (const CLI::App* command : program.get_subcommands({}))
        names.push_back(command->get_name());
    return names;
}

/// Text as troff takes it: a backslash and a dot or quote at a line's start mean something to it.
std::string roff(const std::string& text) {
    std::string result;
    for (const char letter : text) {
        if (letter == '\\') {
            result += "\\e";
        } else if (letter == '-') {
            result += "\\-";
        } else if ((letter == '.' || letter == '\'') && (result.empty() || result.back() == '\n')) {
            result += std::string{"\\&"} + letter;
        } else {
            result += letter;
        }
    }
    return result;
}

/// A command, its name with those of the commands that it is part of, and then its own, in order.
struct NamedCommand {
    std::string name;
    const CLI::App* app;
};
void gather(const CLI::App& app, const std::string& prefix, std::vector<NamedCommand>& all) {
    for (const CLI::App* command : app.get_subcommands({})) {
        all.push_back({prefix + command->get_name(), command});
        gather(*command, all.back().name + " ", all);
    }
}
std::vector<NamedCommand> all_commands(const CLI::App& program) {
    std::vector<NamedCommand> all;
    gather(program, "", all);
    return all;
}

void print_manual_options(const CLI::App& app) {
    for (const CLI::Option* option : app.get_options()) {
        fmt::print(".TP\n.B {}\n{}\n", roff(option->get_name(true, true)),
                   roff(option->get_description()));
    }
}

ExitCode print_manual(const CLI::App& program) {
    fmt::print(".TH BEZANT 1 \"\" \"bezant {}\"\n.SH NAME\nbezant \\- {}\n", BEZANT_VERSION,
               roff(program.get_description()));
    fmt::print(".SH SYNOPSIS\n.B bezant\nCOMMAND [OPTION]...\n.SH OPTIONS\n");
    print_manual_options(program);
    for (const auto& [name, command] : all_commands(program)) {
        fmt::print(".SH {}\n{}\n", roff("bezant " + name), roff(command->get_description()));
        print_manual_options(*command);
        if (!command->get_footer().empty()) fmt::print(".PP\n{}\n", roff(command->get_footer()));
    }
    fmt::print(".SH EXIT STATUS\n0 good, 1 a check failed, 2 usage, 3 input, 4 environment\n");
    return ExitCode::good;
}

/// What may come after a command: commands of its own, and flags.
std::string words_of(const CLI::App& app) {
    std::vector<std::string> words = command_names(app);
    const std::vector<std::string> flags = flags_of(app);
    words.insert(words.end(), flags.begin(), flags.end());
    return joined(words, " ");
}

/// The words after a command of a command.
void print_bash_commands(const CLI::App& app) {
    if (app.get_subcommands({}).empty()) return;
    fmt::print("\n            [[ $COMP_CWORD -gt 2 ]] && case \"${{COMP_WORDS[2]}}\" in\n");
    for (const CLI::App* command : app.get_subcommands({}))
        fmt::print("                {}) words=\"{}\" ;;\n", command->get_name(),
                   words_of(*command));
    fmt::print("            esac");
}

void print_bash(const CLI::App& program) {
    fmt::print("_bezant() {{\n    local words\n    case \"${{COMP_WORDS[1]}}\" in\n");
    for (const CLI::App* command : program.get_subcommands({})) {
        fmt::print("        {}) words=\"{}\"", command->get_name(), words_of(*command));
        print_bash_commands(*command);
        fmt::print(" ;;\n");
    }
    fmt::print("        *) words=\"{}\" ;;\n    esac\n", words_of(program));
    fmt::print(
        "    COMPREPLY=($(compgen -W \"$words\" -- \"${{COMP_WORDS[COMP_CWORD]}}\"))\n}}\n"
        "complete -o default -F _bezant bezant\n");
}

void print_zsh(const CLI::App& program) {
    fmt::print("#compdef bezant\nautoload -U +X bashcompinit && bashcompinit\n");
    print_bash(program);
}

void print_fish(const CLI::App& program) {
    for (const CLI::App* command : program.get_subcommands({})) {
        fmt::print("complete -c bezant -n __fish_use_subcommand -a {} -d '{}'\n",
                   command->get_name(), command->get_description());
    }
    for (const auto& [name, command] : all_commands(program)) {
        // Each word of the name has been typed.
        std::string seen;
        for (const char letter : name)
            seen += letter == ' ' ? "; and __fish_seen_subcommand_from " : std::string{letter};
        const std::string condition = "__fish_seen_subcommand_from " + seen;
        for (const std::string& part : command_names(*command))
            fmt::print("complete -c bezant -n '{}' -a {}\n", condition, part);
        for (const std::string& flag : flags_of(*command))
            fmt::print("complete -c bezant -n '{}' -l {}\n", condition, flag.substr(2));
    }
}

ExitCode print_completions(const CLI::App& program, const std::string& shell) {
    if (shell == "bash") print_bash(program);
    if (shell == "zsh") print_zsh(program);
    if (shell == "fish") print_fish(program);
    return ExitCode::good;
}

}  // namespace

Command add_manual(CLI::App& program) {
    CLI::App* app = program.add_subcommand("man", "Print the manual page, for man(1)");
    app->footer("Example: bezant man > bezant.1 && man ./bezant.1");
    return {app, [&program] { return print_manual(program); }};
}

Command add_completions(CLI::App& program) {
    CLI::App* app = program.add_subcommand("completions", "Print completions for a shell");
    const auto shell = std::make_shared<std::string>("bash");
    app->add_option("shell", *shell, "bash, zsh or fish")
        ->capture_default_str()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    app->footer("Example: source <(bezant completions bash)");
    return {app, [&program, shell] { return print_completions(program, *shell); }};
}

}  // namespace bezant::apps
