// SPDX-License-Identifier: Apache-2.0
#include "fleet/node_process.hpp"

#include <fmt/format.h>

#include <fstream>
#include <string>

#include "rpc/address_file.hpp"
#include "rpc/command_line.hpp"
#include "rpc/cookie.hpp"
#include "rpc/host_text.hpp"

namespace bezant::fleet {

namespace {

constexpr Duration answer_wait_max = seconds(60);
/// A node closes a connection on which nothing is asked for thirty seconds.
constexpr std::chrono::seconds idle_max{10};

std::filesystem::path output_in(const std::filesystem::path& folder) {
    return folder / "node.output";
}

std::string last_line_of(const std::filesystem::path& path) {
    std::ifstream file{path};
    std::string last;
    for (std::string line; std::getline(file, line);) {
        if (!line.empty()) last = line;
    }
    return last.empty() ? "it said nothing" : last;
}

}  // namespace

Result<NodeProcess, std::string> NodeProcess::start(const NodeLaunch& launch) {
    std::vector<std::string> words{launch.program,
                                   "node",
                                   "--network",
                                   launch.network,
                                   "--data",
                                   launch.folder,
                                   "--listen",
                                   "127.0.0.1:0",
                                   "--rpc-listen",
                                   "127.0.0.1:0",
                                   "--outbound",
                                   "0",
                                   "--wallet",
                                   launch.wallet,
                                   "--log-file",
                                   launch.folder / "node.log",
                                   "--until-input-ends"};
    if (launch.hashes_per_second > 0) {
        words.emplace_back("--hash-rate");
        words.push_back(fmt::format("{}", launch.hashes_per_second));
    }
    auto process = ChildProcess::start(words, output_in(launch.folder));
    if (!process) return unexpected{process.error()};
    return NodeProcess{*std::move(process), launch.folder};
}

Result<bool, std::string> NodeProcess::answers() {
    if (client_) return true;
    if (const auto ended = end()) return unexpected{*ended};
    const auto address = rpc::AddressFile::read(folder_);
    const auto cookie = rpc::read_cookie(folder_);
    if (!address || !cookie) return false;
    target_ = {.host = rpc::to_text(address->host), .port = address->port, .cookie = *cookie};
    auto client = rpc::HttpClient::connect(target_, answer_wait_max);
    if (client) client_ = *std::move(client);
    return client_.has_value();
}

Result<rpc::CallReply, std::string> NodeProcess::post(const std::string& request) {
    const auto now = std::chrono::steady_clock::now();
    const bool may_be_closed = now - std::exchange(called_at_, now) > idle_max;
    if (!client_ || may_be_closed) {
        auto client = rpc::HttpClient::connect(target_, answer_wait_max);
        if (!client) return unexpected{client.error()};
        client_ = *std::move(client);
    }
    auto reply = client_->post(request);
    if (!reply) client_.reset();
    return reply;
}

Result<std::string, std::string> NodeProcess::call(std::string_view method,
                                                   std::span<const std::string> words) {
    const auto reply = post(rpc::request_of_words(method, words));
    if (!reply) {
        if (const auto ended = end()) return unexpected{*ended};
        return unexpected{reply.error()};
    }
    const auto answer = rpc::readable(reply->body);
    const std::string node = folder_.filename().string();
    if (!answer) {
        return unexpected{fmt::format("{}: {} got HTTP status {}", node, method, reply->status)};
    }
    if (answer->error) {
        return unexpected{fmt::format("{}: {}: {}", node, method, answer->error->message)};
    }
    return answer->text;
}

std::optional<std::string> NodeProcess::end() {
    if (!process_.has_ended()) return std::nullopt;
    return fmt::format("the process of {} has ended: {}", folder_.filename().string(),
                       last_line_of(output_in(folder_)));
}

}  // namespace bezant::fleet
