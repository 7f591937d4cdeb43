// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "fleet/child_process.hpp"
#include "node/network_address.hpp"
#include "rpc/http_client.hpp"

namespace bezant::fleet {

/// What `bezant node` is started with.
struct NodeLaunch {
    std::filesystem::path program;
    std::filesystem::path folder;   ///< its own
    std::filesystem::path network;  ///< a ledger file whose network it is
    std::filesystem::path wallet;
    double hashes_per_second = 0;  ///< of its mining; 0: as usual
};

/// A `bezant node` that runs on our behalf at loopback, at ports that were free.
class NodeProcess {
public:
    /// Comes back before the node answers. Errors, here and below, are sentences that say which
    /// node.
    [[nodiscard]] static Result<NodeProcess, std::string> start(const NodeLaunch& launch);

    /// Whether it answers calls by now: before that nothing but this and ending it may be asked.
    [[nodiscard]] Result<bool, std::string> answers();

    /// What a method of the node's says, as text: a string as it is, else JSON. Words are taken as
    /// by `bezant rpc`.
    [[nodiscard]] Result<std::string, std::string> call(std::string_view method,
                                                        std::span<const std::string> words = {});

    [[nodiscard]] pid_t process_id() const { return process_.id(); }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    /// Where it answers calls.
    [[nodiscard]] const rpc::CallTarget& answers_at() const { return target_; }

    /// Nothing while it runs; else that it has ended, and what it said last.
    [[nodiscard]] std::optional<std::string> end();
    void ask_to_end() { process_.ask_to_end(); }
    [[nodiscard]] bool has_ended() { return process_.has_ended(); }

private:
    NodeProcess(ChildProcess process, std::filesystem::path folder)
        : process_(std::move(process)), folder_(std::move(folder)) {}

    [[nodiscard]] Result<rpc::CallReply, std::string> post(const std::string& request);

    ChildProcess process_;
    std::filesystem::path folder_;
    rpc::CallTarget target_;
    std::optional<rpc::HttpClient> client_;
    std::chrono::steady_clock::time_point called_at_;
};

}  // namespace bezant::fleet
