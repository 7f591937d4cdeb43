// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "apps/command.hpp"
#include "apps/failure.hpp"
#include "apps/node_options.hpp"
#include "rpc/address_file.hpp"
#include "rpc/command_line.hpp"
#include "rpc/cookie.hpp"
#include "rpc/default_port.hpp"
#include "rpc/host_text.hpp"
#include "rpc/http_client.hpp"
#include "rpc/method_text.hpp"

namespace bezant::apps {

namespace {

constexpr Duration answer_wait_max = seconds(900);

struct CallOptions {
    std::string method;
    std::vector<std::string> words;
    std::string network = "local";
    std::string data;
    std::string host;
    std::uint16_t port = 0;
    std::uint32_t wait = 0;
    bool named = false;
    bool document = false;
};

std::filesystem::path data_folder(const CallOptions& options) {
    return options.data.empty() ? usual_data_folder(options.network)
                                : std::filesystem::path{options.data};
}

/// Where to call: as was said, else as the node has written into its folder.
rpc::CallTarget target_of(const CallOptions& options, const std::string& cookie) {
    rpc::CallTarget target{.host = "127.0.0.1",
                           .port = rpc::default_port(options.network).value_or(0),
                           .cookie = cookie};
    if (const auto written = rpc::AddressFile::read(data_folder(options))) {
        target.host = rpc::to_text(written->host);
        target.port = written->port;
    }
    if (!options.host.empty()) target.host = options.host;
    if (options.port != 0) target.port = options.port;
    return target;
}

/// What kind of failure a node's refusal is to whoever called.
ExitCode exit_code_of(rpc::ErrorCode code) {
    using enum rpc::ErrorCode;
    switch (code) {
        case verify_error:
        case verify_rejected:
        case already_in_chain:
            return ExitCode::check_failed;
        case method_not_found:
        case invalid_params:
        case type_error:
            return ExitCode::usage;
        case internal_error:
            return ExitCode::environment;
        default:
            return ExitCode::input;
    }
}

ExitCode show(const rpc::CallReply& reply) {
    if (reply.status == 401) {
        print_error("the node does not take this cookie", "--data names the folder of another");
        return ExitCode::environment;
    }
    const auto answer = rpc::readable(reply.body);
    if (!answer) {
        print_error(fmt::format("what answers is no node (HTTP status {})", reply.status),
                    "--host and --port say where the node is");
        return ExitCode::environment;
    }
    if (answer->error) {
        print_error(
            fmt::format("{} ({})", answer->error->message, static_cast<int>(answer->error->code)));
        return exit_code_of(answer->error->code);
    }
    if (!answer->text.empty()) fmt::print("{}\n", answer->text);
    return ExitCode::good;
}

Outcome<rpc::HttpClient> connect(const CallOptions& options) {
    const auto cookie = rpc::read_cookie(data_folder(options));
    if (!cookie) {
        return unexpected{Failure{.code = ExitCode::environment,
                                  .what = cookie.error(),
                                  .advice = "is the node running? --data names its folder"}};
    }
    auto node = rpc::HttpClient::connect(target_of(options, *cookie), answer_wait_max);
    if (node) return *std::move(node);
    return unexpected{Failure{.code = ExitCode::environment,
                              .what = node.error(),
                              .advice = "is the node running? --port says where it answers"}};
}

/// One that has just been started may take a moment until it answers.
Outcome<rpc::HttpClient> find_node(const CallOptions& options) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{options.wait};
    auto node = connect(options);
    while (!node && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        node = connect(options);
    }
    return node;
}

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
    auto node = find_node(options);
    if (!node) return print_failure(node.error());
    const auto reply = node->post(*request);
    if (reply) return show(*reply);
    print_error(reply.error());
    return ExitCode::environment;
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
    app->add_option("--network", options->network, "The node's network")
        ->capture_default_str()
        ->check(CLI::IsMember({"main", "test", "local", "classroom"}));
    app->add_option("--data", options->data, "The node's folder, if it is not ~/.bezant/NETWORK");
    app->add_option("--host", options->host, "Where the node answers, if not as its folder says");
    app->add_option("--port", options->port, "At which port, if not as its folder says");
    app->add_option("--wait", options->wait, "Seconds to wait for a node that is being started")
        ->check(CLI::Range(0, 3'600));
    app->add_flag("--document", options->document, "Print docs/api.md, all methods, and end");
    app->footer("Example: bezant rpc getblockchaininfo");
    return {app, [options] { return run(*options); }};
}

}  // namespace bezant::apps
