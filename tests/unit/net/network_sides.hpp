// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "net/network.hpp"
#include "tests/unit/net/keys.hpp"
#include "tests/unit/net/loop.hpp"

namespace bezant::net {

inline constexpr std::size_t message_bytes = 5'000'000;
inline const NetworkAddress any_port{.host = ipv4_host(127, 0, 0, 1), .port = 0};

inline NetworkLimits usual_limits() {
    NetworkLimits limits;
    limits.connection.message_bytes_max = message_bytes;
    limits.redial = {.first = milliseconds(1), .longest = milliseconds(20)};
    return limits;
}

/// A network, and all that it has told of.
class Side final : public PeerEvents {
public:
    Side(boost::asio::io_context& loop, std::string_view name,
         const NetworkLimits& limits = usual_limits())
        : tls_(test::seed_of(name), std::nullopt),
          network(std::make_unique<Network>(loop.get_executor(), tls_, limits, *this, hooks())) {}

    NetworkAddress listen() {
        EXPECT_TRUE(network->listen({any_port}));
        return network->listens_at().front();
    }
    [[nodiscard]] PublicKey key() const { return tls_.identity(); }
    [[nodiscard]] PeerId only_peer() const { return network->peers().front().id; }

    void connected(const PeerConnected& event) override {
        connections.push_back(event);
        for (const Bytes& message : says) network->send(event.peer, message);
        if (drops_at_once) network->disconnect(event.peer, drops_for);
    }
    void disconnected(PeerId peer) override { lost.push_back(peer); }
    void arrived(PeerId peer, ByteView message) override {
        messages.emplace_back(message.begin(), message.end());
        if (echoes) network->send(peer, message);
    }
    void dial_failed(const NetworkAddress& address) override { failed.push_back(address); }
    Bytes block_message(BlockIndex block) override {
        blocks_asked.push_back(block);
        return Bytes(4'000'000, static_cast<Byte>(block.value));
    }

private:
    Network::Hooks hooks() {
        return {.admits = [this](const Host& host) { return host != banned; },
                .opened = [](const PeerReport&) {},
                .closed = [this](const PeerReport&,
                                 std::string_view why) { reasons.emplace_back(why); },
                .dropped = [](const PeerReport&, Misconduct) {},
                .refused = [this](const NetworkAddress&,
                                  std::string_view why) { refusals.emplace_back(why); }};
    }

    TlsContext tls_;

public:
    std::vector<PeerConnected> connections;
    std::vector<PeerId> lost;
    std::vector<Bytes> messages;
    std::vector<NetworkAddress> failed;
    std::vector<BlockIndex> blocks_asked;
    std::vector<std::string> reasons;
    std::vector<std::string> refusals;
    Host banned;
    bool echoes = false;
    std::vector<Bytes> says;  ///< at the beginning
    bool drops_at_once = false;
    Misconduct drops_for = Misconduct::no_room;
    std::unique_ptr<Network> network;
};

class NetworkTest : public testing::Test {
protected:
    bool until(const std::function<bool()>& is_so) { return test::run_until(loop_, is_so); }
    bool connect(Side& caller, Side& called) {
        caller.network->dial(called.listen());
        return until([&] { return !caller.connections.empty() && !called.connections.empty(); });
    }

    /// First messages are short; these have been said.
    bool greet(Side& caller, Side& called) {
        if (!connect(caller, called)) return false;
        caller.network->send(caller.only_peer(), Bytes(1));
        called.network->send(called.only_peer(), Bytes(1));
        const bool greeted =
            until([&] { return !caller.messages.empty() && !called.messages.empty(); });
        caller.messages.clear();
        called.messages.clear();
        return greeted;
    }

    boost::asio::io_context loop_;
};

}  // namespace bezant::net
