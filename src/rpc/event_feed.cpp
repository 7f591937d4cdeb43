// SPDX-License-Identifier: Apache-2.0
#include "rpc/event_feed.hpp"

#include <boost/json.hpp>

#include "rpc/ledger_json.hpp"

namespace bezant::rpc {

namespace {

json::object block_event(net::RunningNode& node, BlockIndex block) {
    const BlockNode& entry = node.archive().blocks()[block];
    return {{"hash", shown_hash(entry.hash)}, {"height", entry.height.value}};
}

std::string payment_id(net::RunningNode& node, TransactionIndex payment) {
    return shown_hash(node.archive().transactions()[payment].id);
}

json::object peer_event(const net::PeerReport& peer) {
    return {{"id", peer.id.value}, {"addr", to_text(peer.address)}, {"inbound", !peer.outbound}};
}

}  // namespace

EventFeed::EventFeed(net::RunningNode& node) : node_(&node) { node.add_listener(*this); }

EventFeed::~EventFeed() { detach(); }

void EventFeed::detach() {
    if (node_ != nullptr) node_->remove_listener(*this);
    node_ = nullptr;
}

void EventFeed::tell(std::string_view event, Time now, json::object what) {
    json::object object{
        {"event", event}, {"time", unix_seconds(now)}, {"time_us", now.microseconds}};
    for (auto& [name, value] : what) object[name] = std::move(value);
    const Text text = std::make_shared<const std::string>(json_text(object));
    std::erase_if(readers_, [&](Reader* reader) { return !reader->take(text); });
}

void EventFeed::noticed(const Notice& notice, Time now) {
    if (readers_.empty()) return;
    if (const auto* moved = std::get_if<TipMoved>(&notice)) {
        for (const BlockIndex block : moved->change.disconnected)
            tell("block_disconnected", now, block_event(*node_, block));
        for (const BlockIndex block : moved->change.connected)
            tell("block_connected", now, block_event(*node_, block));
    } else if (const auto* mined = std::get_if<BlockMined>(&notice)) {
        tell("block_mined", now, block_event(*node_, mined->block));
    } else if (const auto* stale = std::get_if<BlockLeftStale>(&notice)) {
        tell("block_left_stale", now, block_event(*node_, stale->block));
    } else if (const auto* refused = std::get_if<BlockRefused>(&notice)) {
        json::object what = block_event(*node_, refused->block);
        what["reason"] = to_text(refused->rejection);
        tell("block_refused", now, std::move(what));
    } else if (const auto* accepted = std::get_if<PaymentAccepted>(&notice)) {
        tell("payment_accepted", now, {{"txid", payment_id(*node_, accepted->payment)}});
    } else if (const auto* attempt = std::get_if<DoubleSpendAttempted>(&notice)) {
        tell("double_spend_attempted", now,
             {{"held", payment_id(*node_, attempt->held)},
              {"offered", payment_id(*node_, attempt->offered)},
              {"pays_us", attempt->pays_us}});
    }
}

void EventFeed::peer_connected(const net::PeerReport& peer) {
    if (!readers_.empty()) tell("peer_connected", node_->now(), peer_event(peer));
}

void EventFeed::peer_gone(const net::PeerReport& peer) {
    if (!readers_.empty()) tell("peer_gone", node_->now(), peer_event(peer));
}

}  // namespace bezant::rpc
