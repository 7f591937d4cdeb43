// SPDX-License-Identifier: Apache-2.0
#include "apps/node_call.hpp"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "apps/node_options.hpp"
#include "rpc/address_file.hpp"
#include "rpc/command_line.hpp"
#include "rpc/cookie.hpp"
#include "rpc/default_port.hpp"
#include "rpc/host_text.hpp"

namespace bezant::apps {

namespace {

constexpr Duration answer_wait_max = seconds(900);

std::filesystem::path data_folder(const NodePlace& place) {
    return place.data.empty() ? usual_data_folder(place.network)
                              : std::filesystem::path{place.data};
}

/// Where to call: as was said, else as the node has written into its folder.
rpc::CallTarget target_of(const NodePlace& place, const std::string& cookie) {
    rpc::CallTarget target{.host = "127.0.0.1",
                           .port = rpc::default_port(place.network).value_or(0),
                           .cookie = cookie};
    if (const auto written = rpc::AddressFile::read(data_folder(place))) {
        target.host = rpc::to_text(written->host);
        target.port = written->port;
    }
    if (!place.host.empty()) target.host = place.host;
    if (place.port != 0) target.port = place.port;
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

unexpected<Failure> environment(std::string what, std::string advice) {
    return unexpected{Failure{
        .code = ExitCode::environment, .what = std::move(what), .advice = std::move(advice)}};
}

Outcome<rpc::HttpClient> connect(const NodePlace& place) {
    const auto cookie = rpc::read_cookie(data_folder(place));
    if (!cookie) return environment(cookie.error(), "is the node running? --data names its folder");
    auto node = rpc::HttpClient::connect(target_of(place, *cookie), answer_wait_max);
    if (node) return *std::move(node);
    return environment(node.error(), "is the node running? --port says where it answers");
}

}  // namespace

void add_node_place(CLI::App& app, NodePlace& place) {
    app.add_option("--network", place.network, "The node's network")
        ->capture_default_str()
        ->check(CLI::IsMember({"main", "test", "local", "classroom"}));
    app.add_option("--data", place.data,
                   "The node's folder, if it is not $BEZANT_DATA or ~/.bezant/NETWORK")
        ->envname(data_variable);
    app.add_option("--host", place.host, "Where the node answers, if not as its folder says");
    app.add_option("--port", place.port, "At which port, if not as its folder says");
    app.add_option("--wait", place.wait, "Seconds to wait for a node that is being started")
        ->check(CLI::Range(0, 3'600));
}

Outcome<rpc::HttpClient> find_node(const NodePlace& place) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{place.wait};
    auto node = connect(place);
    while (!node && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        node = connect(place);
    }
    return node;
}

Outcome<std::string> answer_to(rpc::HttpClient& node, const std::string& request) {
    const auto reply = node.post(request);
    if (!reply) return environment(reply.error(), {});
    if (reply->status == 401)
        return environment("the node does not take this cookie",
                           "--data names the folder of another");
    auto answer = rpc::readable(reply->body);
    if (!answer)
        return environment(fmt::format("what answers is no node (HTTP status {})", reply->status),
                           "--host and --port say where the node is");
    if (!answer->error) return std::move(answer->text);
    return unexpected{Failure{.code = exit_code_of(answer->error->code),
                              .what = fmt::format("{} ({})", answer->error->message,
                                                  static_cast<int>(answer->error->code)),
                              .advice = {}}};
}

Outcome<std::string> ask(rpc::HttpClient& node, std::string_view method,
                         std::span<const std::string> words) {
    return answer_to(node, rpc::request_of_words(method, words));
}

}  // namespace bezant::apps
