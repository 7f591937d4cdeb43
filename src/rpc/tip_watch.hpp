// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <set>

#include "base/time.hpp"
#include "net/running_node.hpp"

namespace bezant::rpc {

/// Lets methods that take their time wait without holding up the node's one thread. It listens to
/// the node only while somebody waits for the tip.
class TipWatch final : public net::NodeListener {
public:
    /// The node must outlive it, or `close` be called before it goes.
    explicit TipWatch(net::RunningNode& node) : node_(&node) {}
    TipWatch(const TipWatch&) = delete;
    TipWatch& operator=(const TipWatch&) = delete;
    ~TipWatch() override { close(); }

    /// Lets all else that is to be done on the loop have its turn. False if the watch was closed
    /// meanwhile: then the node may be gone.
    [[nodiscard]] boost::asio::awaitable<bool> give_way();

    /// Waits until the tip moves, or for so long. False as above.
    [[nodiscard]] boost::asio::awaitable<bool> wait_for_tip(Duration length_max);

    /// Whoever waits goes on, and the node is touched no more.
    void close();

    void noticed(const Notice& notice, Time now) override;
    void peer_connected(const net::PeerReport& /*peer*/) override {}
    void peer_gone(const net::PeerReport& /*peer*/) override {}

private:
    class Waiter;

    void wake_all();

    net::RunningNode* node_;
    std::set<boost::asio::steady_timer*> waiting_;
};

}  // namespace bezant::rpc
