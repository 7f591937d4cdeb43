// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "net/callers.hpp"
#include "net/connection.hpp"
#include "net/handshake.hpp"
#include "net/lifetime.hpp"
#include "net/peer_ports.hpp"
#include "net/redial.hpp"
#include "net/start_error.hpp"
#include "net/tls_context.hpp"

namespace bezant::net {

/// How many connections there may be, and how long their beginnings.
struct NetworkLimits {
    ConnectionLimits connection{};
    CallerLimits callers{};
    Duration connect_time_max = seconds(5);
    Duration handshake_time_max = seconds(10);
    RedialDelays redial{};
};

/// All connections of a node: listens, calls, shakes hands, and numbers the peers. Everything
/// happens on the executor's one thread.
class Network final : public PeerLinks, private Connection::Owner {
public:
    /// Whether a host is spoken with; and what is written to the log.
    struct Hooks {
        std::function<bool(const Host&)> admits;
        std::function<void(const PeerReport&)> opened;
        std::function<void(const PeerReport&, std::string_view why)> closed;
        std::function<void(const PeerReport&, Misconduct why)> dropped;  ///< after `closed`
        std::function<void(const NetworkAddress&, std::string_view why)> refused;
    };

    /// All must outlive the network.
    Network(const boost::asio::any_io_executor& executor, TlsContext& tls,
            const NetworkLimits& limits, PeerEvents& events, Hooks hooks);
    ~Network() override;

    /// Listens at these addresses; port 0 is any that is free. All or none.
    [[nodiscard]] Result<void, StartError> listen(const std::vector<NetworkAddress>& addresses);
    /// Where it listens, with the ports that were given.
    [[nodiscard]] std::vector<NetworkAddress> listens_at() const;
    /// Ends everything.
    void close();

    void send(PeerId peer, ByteView message) override;
    void send_block(PeerId peer, BlockIndex block) override;
    void disconnect(PeerId peer, Misconduct why) override;
    void dial(const NetworkAddress& address) override;

    // As an operator asks: net/running_node.hpp.
    void keep_calling(const NetworkAddress& address);
    void call_once(const NetworkAddress& address);
    bool stop_calling(const NetworkAddress& address);
    [[nodiscard]] std::vector<NetworkAddress> called() const;
    /// Ends it, and tells so. False if there is no such peer.
    bool hang_up(PeerId peer, std::string_view why);
    void hang_up_on(const Host& host, std::string_view why);

    [[nodiscard]] std::vector<PeerReport> peers() const;
    [[nodiscard]] const PeerReport* find(PeerId peer) const;

private:
    using Acceptor = boost::asio::ip::tcp::acceptor;
    using Socket = boost::asio::ip::tcp::socket;

    /// Begins a coroutine, unless the network is gone when its turn comes.
    template <class Coroutine>
    void run(Coroutine coroutine) {
        spawn(executor_,
              [open = lifetime_.watch(), begin = std::move(coroutine)]() mutable -> Task<> {
                  if (*open) co_await begin();
              });
    }

    [[nodiscard]] Result<void, StartError> listen_at(const NetworkAddress& address);
    Task<> accept_all(std::shared_ptr<Acceptor> acceptor);
    void consider(Socket socket, const NetworkAddress& from);
    [[nodiscard]] std::string_view reason_not_to_admit(const NetworkAddress& from) const;
    Task<> greet(Socket socket, NetworkAddress from);
    Task<> dial_once(NetworkAddress address);
    Task<> call_again(std::shared_ptr<Redial> redial);
    Task<std::optional<PeerId>> try_to_call(NetworkAddress address);

    std::optional<PeerId> add(OpenStream stream, const NetworkAddress& address, bool outbound);
    void let_go(const std::shared_ptr<Connection>& connection);
    [[nodiscard]] bool makes_way(const Connection& old, bool new_is_outbound) const;
    void forget(const Connection& connection, std::string_view why);

    void arrived(Connection& connection, ByteView message) override;
    [[nodiscard]] Bytes block_message(BlockIndex block) override;
    void ended(Connection& connection, std::string_view why) override;

    boost::asio::any_io_executor executor_;
    TlsContext& tls_;
    NetworkLimits limits_;
    PeerEvents& events_;
    Hooks hooks_;
    std::vector<std::shared_ptr<Acceptor>> acceptors_;
    std::map<PeerId, std::shared_ptr<Connection>> connections_;
    std::map<NetworkAddress, std::shared_ptr<Redial>> called_;
    std::vector<std::weak_ptr<Connection>> leaving_;  ///< for want of room
    std::uint32_t next_peer_ = 1;
    std::vector<NetworkAddress> greeting_;  ///< those who have called, and not greeted yet
    /// Coroutines ask, each time that they have waited, whether the network is still open.
    Lifetime lifetime_;
};

}  // namespace bezant::net
