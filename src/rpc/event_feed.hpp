// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <set>
#include <string>

#include "net/running_node.hpp"
#include "rpc/json_text.hpp"

namespace bezant::rpc {

/// What happens in a node, as JSON, for those who wish to be told: blocks that join and leave the
/// best chain, are mined, left aside or refused, payments that are taken, attempted double spends,
/// neighbours that come and go.
class EventFeed final : public net::NodeListener {
public:
    using Text = std::shared_ptr<const std::string>;

    /// Somebody who is told. Must be taken out before it goes.
    class Reader {
    public:
        Reader() = default;
        Reader(const Reader&) = delete;
        Reader& operator=(const Reader&) = delete;
        virtual ~Reader() = default;

        /// Called from inside of the node: keeps the text, and does nothing else. False if it is
        /// not to be told any more.
        virtual bool take(const Text& event) = 0;
    };

    /// The node must outlive this, or `detach` be called before it goes.
    explicit EventFeed(net::RunningNode& node);
    EventFeed(const EventFeed&) = delete;
    EventFeed& operator=(const EventFeed&) = delete;
    ~EventFeed() override;

    void add(Reader& reader) { readers_.insert(&reader); }
    void remove(Reader& reader) { readers_.erase(&reader); }
    /// Nothing is heard of the node any longer.
    void detach();

    void noticed(const Notice& notice, Time now) override;
    void peer_connected(const net::PeerReport& peer) override;
    void peer_gone(const net::PeerReport& peer) override;

private:
    void tell(std::string_view event, Time now, json::object what);

    net::RunningNode* node_;
    std::set<Reader*> readers_;
};

}  // namespace bezant::rpc
