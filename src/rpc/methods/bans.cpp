// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/json.hpp>

#include "rpc/host_text.hpp"
#include "rpc/methods/groups.hpp"

namespace bezant::rpc {

namespace {

bool is_banned(const Call& call, const Host& host) {
    return std::ranges::any_of(call.node.bans(),
                               [&](const net::BanReport& ban) { return ban.host == host; });
}

constexpr std::uint32_t ban_seconds = 86'400;

/// How long to ban: what the caller says, from now or until a moment, or a day.
Result<Duration, RpcError> ban_length(const Call& call) {
    const std::uint32_t given = call.arguments.number(2);
    if (given == 0) return seconds(ban_seconds);
    if (!call.arguments.flag(3)) return seconds(given);
    const Duration length = from_unix_seconds(given) - call.node.now();
    if (length > Duration{}) return length;
    return fail(ErrorCode::invalid_parameter, "parameter 'bantime': that moment has passed");
}

Answer ban(const Call& call, const Host& host) {
    if (is_banned(call, host))
        return fail(ErrorCode::already_added, to_text(host) + " is banned already");
    const auto length = ban_length(call);
    if (!length) return unexpected{length.error()};
    call.node.ban(host, *length);
    return json::value(nullptr);
}

Answer lift_ban(const Call& call, const Host& host) {
    if (call.node.lift_ban(host)) return json::value(nullptr);
    return fail(ErrorCode::invalid_host, to_text(host) + " is not banned");
}

Answer set_ban(const Call& call) {
    const auto host = host_from_text(call.arguments.text(0));
    if (!host) {
        return fail(ErrorCode::invalid_host,
                    "parameter 'subnet': expected the address of one host, such as 192.0.2.1");
    }
    const std::string command = call.arguments.text(1);
    if (command == "add") return ban(call, *host);
    if (command == "remove") return lift_ban(call, *host);
    return fail(ErrorCode::invalid_parameter, "parameter 'command': expected add or remove");
}

Answer list_banned(const Call& call) {
    json::array list;
    for (const net::BanReport& ban : call.node.bans()) {
        const std::int64_t since = unix_seconds(ban.since);
        const std::int64_t until = unix_seconds(ban.until);
        list.emplace_back(
            json::object{{"address", to_text(ban.host) + (is_ipv4(ban.host) ? "/32" : "/128")},
                         {"ban_created", since},
                         {"banned_until", until},
                         {"ban_duration", until - since},
                         {"time_remaining", until - unix_seconds(call.node.now())}});
    }
    return list;
}

}  // namespace

std::vector<Method> ban_methods() {
    using enum ParameterType;
    constexpr std::string_view group = "Network";
    return {
        {"setban",
         group,
         "Have nothing to do with a host, or again",
         {{"subnet", text, "the address of the host"},
          {"command", text, "add or remove"},
          {"bantime", number, "seconds; 0: a day", "0"},
          {"absolute", boolean, "bantime is a moment in seconds since 1970", "false"}},
         "Null.",
         {{ErrorCode::invalid_host, "the text is no address of a host, or it is not banned"},
          {ErrorCode::already_added, "it is banned already"},
          {ErrorCode::invalid_parameter, "no such command, or the moment has passed"}},
         "192.0.2.1 add 3600",
         set_ban},
        {"listbanned",
         group,
         "The hosts that are banned",
         {},
         "A list of objects: `address`, `ban_created`, `banned_until` (seconds since 1970), "
         "`ban_duration`, `time_remaining` (seconds).",
         {},
         "",
         list_banned},
    };
}

}  // namespace bezant::rpc
