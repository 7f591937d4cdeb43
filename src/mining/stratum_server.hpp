// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "mining/limits.hpp"
#include "mining/share_difficulty.hpp"
#include "mining/worker_book.hpp"
#include "net/running_node.hpp"

namespace bezant::mining {

struct StratumServerOptions {
    /// Where to listen; port 0 takes a free one.
    std::vector<NetworkAddress> addresses{};
    /// Whether other machines may call: without it only loopback is taken. Nothing is encrypted.
    bool allow_remote = false;
    /// Of shares, the same for everybody; nothing: chosen for each program.
    std::optional<ShareDifficulty> difficulty{};

    std::size_t clients_max = mining::clients_max;
    Duration job_interval = work_age_max;
    Duration introduction_max = mining::introduction_max;
    Duration silence_max = mining::silence_max;
};

/// Where the network's nodes listen for mining programs if nothing else is said.
[[nodiscard]] std::uint16_t usual_stratum_port(const Parameters& parameters);

/// Gives work to mining programs by Stratum v1, on the event loop of a node's one thread: a new job
/// as soon as the tip moves, and every work_age_max one with new payments.
class StratumServer {
public:
    /// Begins to listen; programs are served when the loop runs. The node must outlive the server,
    /// and the loop must outlive both. An error is a sentence that names the address.
    [[nodiscard]] static Result<std::unique_ptr<StratumServer>, std::string> start(
        boost::asio::io_context& loop, net::RunningNode& node, const StratumServerOptions& options);
    StratumServer(const StratumServer&) = delete;
    StratumServer& operator=(const StratumServer&) = delete;
    /// Stops: nothing reaches the node from now on. What waits on the loop ends when the loop runs,
    /// or with it.
    ~StratumServer();

    /// Where it listens, with the ports that were taken.
    [[nodiscard]] std::vector<NetworkAddress> addresses() const;
    /// Good as long as the server.
    [[nodiscard]] const WorkerBook& workers() const;

private:
    struct State;
    explicit StratumServer(std::shared_ptr<State> state);

    std::shared_ptr<State> state_;
};

}  // namespace bezant::mining
