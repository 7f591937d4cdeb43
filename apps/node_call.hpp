// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "apps/failure.hpp"
#include "rpc/http_client.hpp"

namespace bezant::apps {

/// The flags that say which running node is meant.
struct NodePlace {
    std::string network = "local";
    std::string data;
    std::string host;
    std::uint16_t port = 0;
    std::uint32_t wait = 0;
};
void add_node_place(CLI::App& app, NodePlace& place);

/// A connection to it; waits for one that is being started, as the flags say.
[[nodiscard]] Outcome<rpc::HttpClient> find_node(const NodePlace& place);

/// What a node says to a request, as text: a string as it is, else JSON over several lines.
[[nodiscard]] Outcome<std::string> answer_to(rpc::HttpClient& node, const std::string& request);

/// The same of a method, with arguments as words of a command line.
[[nodiscard]] Outcome<std::string> ask(rpc::HttpClient& node, std::string_view method,
                                       std::span<const std::string> words = {});

}  // namespace bezant::apps
