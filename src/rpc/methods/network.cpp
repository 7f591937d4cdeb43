// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/json.hpp>

#include "node/message.hpp"
#include "rpc/host_text.hpp"
#include "rpc/methods/groups.hpp"

namespace bezant::rpc {

namespace {

json::value moment_in_json(const std::optional<Time>& moment) {
    return moment ? unix_seconds(*moment) : 0;
}

json::object peer_in_json(const net::PeerReport& peer) {
    return {{"id", peer.id.value},
            {"addr", to_text(peer.address)},
            {"inbound", !peer.outbound},
            {"identity", to_hex(peer.identity.view())},
            {"conntime", unix_seconds(peer.connected_at)},
            {"lastsend", moment_in_json(peer.last_sent_at)},
            {"lastrecv", moment_in_json(peer.last_received_at)},
            {"bytessent", peer.bytes_sent},
            {"bytesrecv", peer.bytes_received},
            {"messagessent", peer.messages_sent},
            {"messagesrecv", peer.messages_received},
            {"byteswaiting", peer.bytes_waiting}};
}

Answer get_peer_info(const Call& call) {
    json::array list;
    for (const net::PeerReport& peer : call.node.peers()) list.emplace_back(peer_in_json(peer));
    return list;
}

Answer get_connection_count(const Call& call) { return json::value(call.node.peers().size()); }

Answer get_network_info(const Call& call) {
    const net::NodeAbout& about = call.node.about();
    const auto peers = call.node.peers();
    const auto outbound = std::ranges::count_if(peers, &net::PeerReport::outbound);
    json::array addresses;
    for (const NetworkAddress& address : about.listens_at)
        addresses.emplace_back(
            json::object{{"address", to_text(address.host)}, {"port", address.port}});
    return json::object{{"version", about.version},
                        {"protocolversion", protocol_version},
                        {"identity", to_hex(about.identity.view())},
                        {"connections", peers.size()},
                        {"connections_in", static_cast<std::int64_t>(peers.size()) - outbound},
                        {"connections_out", outbound},
                        {"relayfee", in_json(call.node.participant().mempool().fee_floor())},
                        {"localaddresses", std::move(addresses)}};
}

}  // namespace

std::vector<Method> network_methods() {
    constexpr std::string_view group = "Network";
    return {
        {"getpeerinfo",
         group,
         "The neighbours",
         {},
         "A list of objects: `id`, `addr`, `inbound`, `identity` (the key that it proved to "
         "have), `conntime`, `lastsend`, `lastrecv` (seconds since 1970; 0: never), `bytessent`, "
         "`bytesrecv`, `messagessent`, `messagesrecv`, `byteswaiting` (that it has not taken "
         "yet).",
         {},
         "",
         get_peer_info},
        {"getconnectioncount",
         group,
         "The number of neighbours",
         {},
         "The number.",
         {},
         "",
         get_connection_count},
        {"getnetworkinfo",
         group,
         "What this node is to others",
         {},
         "An object: `version`, `protocolversion`, `identity` (its public key), `connections`, "
         "`connections_in`, `connections_out`, `relayfee` (BZT a kilobyte that payments must pay "
         "now), `localaddresses` (where it listens: `address`, `port`).",
         {},
         "",
         get_network_info},
    };
}

}  // namespace bezant::rpc
