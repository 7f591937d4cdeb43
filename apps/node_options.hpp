// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "apps/failure.hpp"
#include "mining/stratum_server.hpp"
#include "net/log.hpp"
#include "net/node.hpp"
#include "rpc/http_server.hpp"

namespace bezant::apps {

/// The command line of `bezant node`, as it was given.
struct NodeFlags {
    std::string network = "local";
    std::string folder;
    std::vector<std::string> listen;
    bool no_listen = false;
    std::vector<std::string> connect;
    std::vector<std::string> allowed_peers;
    std::string advertise;
    std::size_t outbound = 0;
    std::size_t inbound = 0;
    unsigned mining_threads = 0;
    double hash_rate = 0;
    std::string wallet_file;
    bool index = false;
    std::string payout;
    std::vector<std::string> rpc_listen;
    bool no_rpc = false;
    bool rpc_allow_remote = false;
    std::vector<std::string> rpc_hosts;
    bool stratum = false;
    std::vector<std::string> stratum_listen;
    bool stratum_allow_remote = false;
    double stratum_difficulty = 0;
    std::string log_level = "info";
    std::string log_file;
    std::string record_file;
    std::string config_file;
    bool until_input_ends = false;
    bool core_files = false;
};

/// Flags, and --config for a file that has any of them.
void add_node_flags(CLI::App& app, NodeFlags& flags);

/// The network that --network names, or that the ledger file of this name is of.
[[nodiscard]] Outcome<Parameters> network_named(const std::string& name);

/// What they mean; or what is wrong with them, and what to do. Looks up names of hosts: one that is
/// not found is a failure of the environment, and may be found another time.
[[nodiscard]] Outcome<net::NodeOptions> node_options(const NodeFlags& flags);
/// Where and how it answers calls; nothing if it does not.
[[nodiscard]] Outcome<std::optional<rpc::HttpServerOptions>> rpc_options(
    const NodeFlags& flags, const Parameters& parameters);
/// Where and how it gives work to mining programs; nothing if it does not.
[[nodiscard]] Outcome<std::optional<mining::StratumServerOptions>> stratum_options(
    const NodeFlags& flags, const Parameters& parameters);
[[nodiscard]] net::LogLevel log_level(const NodeFlags& flags);
[[nodiscard]] std::optional<std::filesystem::path> log_file(const NodeFlags& flags);

/// Where programs look for a node's folder that no flag names.
inline constexpr const char* data_variable = "BEZANT_DATA";

/// Where a node of this network keeps its data if nothing else is said: ~/.bezant/NETWORK.
[[nodiscard]] std::filesystem::path usual_data_folder(std::string_view network);

}  // namespace bezant::apps
