// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/suggestion.hpp"
#include "rpc/method_text.hpp"
#include "rpc/methods/groups.hpp"
#include "rpc/open_rpc.hpp"

namespace bezant::rpc {

namespace {

Answer help(const Call& call) {
    if (!call.arguments.has(0)) return json::value(list_of_methods());
    const std::string name = call.arguments.text(0);
    if (const Method* method = find_method(name)) return json::value(help_of(*method));
    const auto near = nearest(name, method_names());
    return fail(ErrorCode::method_not_found,
                near ? fmt::format("there is no such method, did you mean '{}'?", *near)
                     : "there is no such method; help without an argument lists them");
}

Answer uptime(const Call& call) {
    return json::value(unix_seconds(Time{} + (call.node.now() - call.node.about().started_at)));
}

Answer stop(const Call& call) {
    call.afterwards.stop_node = true;
    return json::value("Bezant is stopping");
}

Answer get_rpc_info(const Call& call) {
    json::object calls;
    for (const auto& [method, counts] : call.statistics.by_method())
        calls[method] = json::object{{"good", counts.good}, {"refused", counts.refused}};
    return json::object{{"calls", std::move(calls)}};
}

Answer discover(const Call& call) { return open_rpc_document(call.node.about().version); }

}  // namespace

std::vector<Method> control_methods() {
    constexpr std::string_view group = "Control";
    return {
        {"help",
         group,
         "The methods, or what one does",
         {{"command", ParameterType::text, "the method", "null"}},
         "Text for people.",
         {{ErrorCode::method_not_found, "there is no such method"}},
         "getblock",
         help},
        {"uptime", group, "How long the node has run", {}, "Seconds.", {}, "", uptime},
        {"stop",
         group,
         "End the node",
         {},
         "A text; the node ends after it was sent.",
         {},
         "",
         stop},
        {"getrpcinfo",
         group,
         "What this interface was asked",
         {},
         "An object: `calls`, by method the numbers of `good` and `refused` ones.",
         {},
         "",
         get_rpc_info},
        {"rpc.discover",
         group,
         "This interface for programs",
         {},
         "An OpenRPC document (https://spec.open-rpc.org).",
         {},
         "",
         discover},
    };
}

}  // namespace bezant::rpc
