// SPDX-License-Identifier: Apache-2.0
#include "rpc/host_text.hpp"

#include <fmt/format.h>

namespace bezant::rpc {

namespace {

constexpr std::string_view no_port = ":1";

std::string_view without_whole_prefix(std::string_view text, std::string_view prefix) {
    if (text.ends_with(prefix)) text.remove_suffix(prefix.size());
    return text;
}

}  // namespace

std::string to_text(const Host& host) {
    std::string text = bezant::to_text(NetworkAddress{.host = host, .port = 1});
    text.resize(text.size() - no_port.size());
    return is_ipv4(host) ? text : text.substr(1, text.size() - 2);
}

std::optional<Host> host_from_text(std::string_view text) {
    const bool is_ipv6 = text.find(':') != text.npos;
    const std::string_view host = without_whole_prefix(text, is_ipv6 ? "/128" : "/32");
    const auto found = network_address_from_text(is_ipv6 ? fmt::format("[{}]{}", host, no_port)
                                                         : fmt::format("{}{}", host, no_port));
    return found ? std::optional{found->host} : std::nullopt;
}

}  // namespace bezant::rpc
