// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "apps/command.hpp"
#include "apps/core_files.hpp"
#include "apps/node_call.hpp"
#include "rpc/command_line.hpp"
#include "rpc/method_text.hpp"

namespace bezant::apps {

namespace {

struct CallOptions {
    std::string method;
    std::vector<std::string> words;
    NodePlace place;
    bool named = false;
    bool document = false;
};

ExitCode call(const CallOptions& options) {
    if (options.method.empty()) {
        print_error("no method is named", "try: bezant rpc help");
        return ExitCode::usage;
    }
    auto request = options.named ? rpc::request_of_named_words(options.method, options.words)
                                 : rpc::request_of_words(options.method, options.words);
    if (!request) {
        print_error(request.error());
        return ExitCode::usage;
    }
    if (const auto forbidden = forbid_core_files(); !forbidden)
        return print_failure(forbidden.error());
    auto node = find_node(options.place);
    if (!node) return print_failure(node.error());
    const auto answer = answer_to(*node, *request);
    if (!answer) return print_failure(answer.error());
    if (!answer->empty()) fmt::print("{}\n", *answer);
    return ExitCode::good;
}

ExitCode run(const CallOptions& options) {
    if (!options.document) return call(options);
    fmt::print("{}", rpc::api_document());
    return ExitCode::good;
}

}  // namespace

Command add_rpc(CLI::App& program) {
    CLI::App* app = program.add_subcommand("rpc", "Ask a running node, or tell it what to do");
    const auto options = std::make_shared<CallOptions>();
    app->add_option("method", options->method, "What to ask; 'help' lists all");
    app->add_option("arguments", options->words,
                    "Taken as JSON where they are JSON, and as strings otherwise");
    app->add_flag("--named", options->named, "The arguments are of the form NAME=VALUE");
    add_node_place(*app, options->place);
    app->add_flag("--document", options->document, "Print docs/api.md, all methods, and end");
    app->footer("Example: bezant rpc getblockchaininfo");
    return {app, [options] { return run(*options); }};
}

}  // namespace bezant::apps
