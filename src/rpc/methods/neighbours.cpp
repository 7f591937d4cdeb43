// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "rpc/methods/groups.hpp"

namespace bezant::rpc {

namespace {

Result<NetworkAddress, RpcError> address_argument(const Call& call, std::size_t i) {
    const auto address = network_address_from_text(call.arguments.text(i));
    if (address) return *address;
    return fail(ErrorCode::invalid_host,
                fmt::format("got no address (ADDRESS:PORT, such as 192.0.2.1:7333): {}",
                            bezant::to_text(address.error())));
}

bool is_called(const Call& call, const NetworkAddress& address) {
    const auto called = call.node.called();
    return std::ranges::find(called, address) != called.end();
}

Answer add(const Call& call, const NetworkAddress& address) {
    if (is_called(call, address))
        return fail(ErrorCode::already_added, to_text(address) + " is called already");
    call.node.keep_calling(address);
    return json::value(nullptr);
}

Answer remove(const Call& call, const NetworkAddress& address) {
    if (call.node.stop_calling(address)) return json::value(nullptr);
    return fail(ErrorCode::not_added, to_text(address) + " was not added");
}

Answer try_once(const Call& call, const NetworkAddress& address) {
    if (!is_called(call, address)) call.node.call_once(address);
    return json::value(nullptr);
}

Answer add_node(const Call& call) {
    const auto address = address_argument(call, 0);
    if (!address) return unexpected{address.error()};
    const std::string command = call.arguments.text(1);
    if (command == "add") return add(call, *address);
    if (command == "remove") return remove(call, *address);
    if (command == "onetry") return try_once(call, *address);
    return fail(ErrorCode::invalid_parameter,
                "parameter 'command': expected add, remove or onetry");
}

json::object called_in_json(const NetworkAddress& address,
                            const std::vector<net::PeerReport>& peers) {
    const auto peer = std::ranges::find(peers, address, &net::PeerReport::address);
    return {{"addednode", to_text(address)}, {"connected", peer != peers.end()}};
}

Answer get_added_node_info(const Call& call) {
    const auto peers = call.node.peers();
    json::array list;
    if (!call.arguments.has(0)) {
        for (const NetworkAddress& address : call.node.called())
            list.emplace_back(called_in_json(address, peers));
        return list;
    }
    const auto address = address_argument(call, 0);
    if (!address) return unexpected{address.error()};
    if (!is_called(call, *address))
        return fail(ErrorCode::not_added, to_text(*address) + " was not added");
    list.emplace_back(called_in_json(*address, peers));
    return list;
}

Result<PeerId, RpcError> peer_argument(const Call& call) {
    if (call.arguments.has(0) == call.arguments.has(1))
        return fail(ErrorCode::invalid_params, "name either 'address' or 'nodeid'");
    if (call.arguments.has(1)) return PeerId{call.arguments.number(1)};
    const auto address = address_argument(call, 0);
    if (!address) return unexpected{address.error()};
    const auto peers = call.node.peers();
    const auto peer = std::ranges::find(peers, *address, &net::PeerReport::address);
    if (peer != peers.end()) return peer->id;
    return fail(ErrorCode::not_connected, to_text(*address) + " is no neighbour");
}

Answer disconnect_node(const Call& call) {
    const auto peer = peer_argument(call);
    if (!peer) return unexpected{peer.error()};
    if (call.node.disconnect(*peer)) return json::value(nullptr);
    return fail(ErrorCode::not_connected, fmt::format("neighbour {} is not there", peer->value));
}

const ErrorCase no_address{ErrorCode::invalid_host, "the text is no address of a host"};

}  // namespace

std::vector<Method> neighbour_methods() {
    using enum ParameterType;
    constexpr std::string_view group = "Network";
    return {
        {"addnode",
         group,
         "Call a node, or stop calling it",
         {{"node", text, "its address and port"},
          {"command", text,
           "add: call now, and whenever the connection is lost; remove: do so no longer; onetry: "
           "call now"}},
         "Null.",
         {no_address,
          {ErrorCode::already_added, "it is called already"},
          {ErrorCode::not_added, "it was not added"},
          {ErrorCode::invalid_parameter, "no such command"}},
         "192.0.2.1:7333 add",
         add_node},
        {"getaddednodeinfo",
         group,
         "The nodes that were added by addnode",
         {{"node", text, "this one only", "null"}},
         "A list of objects: `addednode`, `connected`.",
         {no_address, {ErrorCode::not_added, "it was not added"}},
         "",
         get_added_node_info},
        {"disconnectnode",
         group,
         "End the connection with a neighbour",
         {{"address", text, "its address and port", "null"},
          {"nodeid", number, "or its id in getpeerinfo", "null"}},
         "Null.",
         {no_address,
          {ErrorCode::not_connected, "there is no such neighbour"},
          {ErrorCode::invalid_params, "both are given, or none"}},
         "192.0.2.1:7333",
         disconnect_node},
    };
}

}  // namespace bezant::rpc
