// SPDX-License-Identifier: Apache-2.0
#include "net/network.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "net/endpoint.hpp"
#include "net/wall_clock.hpp"

namespace bezant::net {

using boost::asio::any_io_executor;
using boost::asio::as_tuple;
using boost::asio::use_awaitable;
using boost::asio::ip::tcp;

namespace {

/// When the process has no file left for another connection, one may end meanwhile.
constexpr Duration accept_pause = milliseconds(100);

Task<> pause(Duration length) {
    boost::asio::steady_timer timer{co_await boost::asio::this_coro::executor, real(length)};
    co_await timer.async_wait(as_tuple(use_awaitable));
}

}  // namespace

Network::Network(const any_io_executor& executor, TlsContext& tls, const NetworkLimits& limits,
                 PeerEvents& events, Hooks hooks)
    : executor_(executor), tls_(tls), limits_(limits), events_(events), hooks_(std::move(hooks)) {}

Network::~Network() { close(); }

Result<void, StartError> Network::listen(const std::vector<NetworkAddress>& addresses) {
    for (const NetworkAddress& address : addresses) {
        if (auto listening = listen_at(address); !listening) {
            acceptors_.clear();
            return listening;
        }
    }
    for (const auto& acceptor : acceptors_) run([this, acceptor] { return accept_all(acceptor); });
    return {};
}

Result<void, StartError> Network::listen_at(const NetworkAddress& address) {
    const tcp::endpoint endpoint = endpoint_of(address);
    const auto acceptor = std::make_shared<Acceptor>(executor_);
    boost::system::error_code failure;
    acceptor->open(endpoint.protocol(), failure);
    if (!failure) acceptor->set_option(Acceptor::reuse_address{true}, failure);
    if (!failure && endpoint.address().is_v6())
        acceptor->set_option(boost::asio::ip::v6_only{true}, failure);
    if (!failure) acceptor->bind(endpoint, failure);
    if (!failure) acceptor->listen(Acceptor::max_listen_connections, failure);
    if (failure) {
        return unexpected{
            StartError{.what = "cannot listen at " + to_text(address) + ": " + failure.message(),
                       .advice = "another node may be running there: choose another address"}};
    }
    acceptors_.push_back(acceptor);
    return {};
}

std::vector<NetworkAddress> Network::listens_at() const {
    std::vector<NetworkAddress> addresses;
    for (const auto& acceptor : acceptors_)
        addresses.push_back(address_of(acceptor->local_endpoint()));
    return addresses;
}

void Network::close() {
    lifetime_.end();
    boost::system::error_code ignored;
    for (const auto& acceptor : acceptors_) acceptor->close(ignored);
    acceptors_.clear();
    for (const auto& [peer, connection] : connections_) connection->close();
    connections_.clear();
    for (const auto& leaving : leaving_)
        if (const auto connection = leaving.lock()) connection->close();
    leaving_.clear();
    for (const auto& [address, redial] : called_) redial->timer.cancel();
    called_.clear();
}

Task<> Network::accept_all(std::shared_ptr<Acceptor> acceptor) {
    const auto open = lifetime_.watch();
    while (*open) {
        tcp::socket socket{executor_};
        tcp::endpoint from;
        const auto [failure] =
            co_await acceptor->async_accept(socket, from, as_tuple(use_awaitable));
        if (!*open) co_return;
        if (failure)
            co_await pause(accept_pause);
        else
            consider(std::move(socket), address_of(from));
    }
}

void Network::consider(Socket socket, const NetworkAddress& from) {
    const std::string_view reason = reason_not_to_admit(from);
    if (!reason.empty()) return hooks_.refused(from, reason);
    greeting_.push_back(from);
    // What a coroutine takes by value lives in its frame.
    run([this, from, taken = std::move(socket)]() mutable {
        return greet(std::move(taken), from);
    });
}

std::string_view Network::reason_not_to_admit(const NetworkAddress& from) const {
    if (!hooks_.admits(from.host)) return "its host is banned";
    Callers callers{.greeting = greeting_, .connected = {}};
    for (const auto& [peer, connection] : connections_) {
        const PeerReport& about = connection->about();
        if (!about.outbound) callers.connected.push_back(about.address);
    }
    for (const auto& leaving : leaving_)
        if (const auto connection = leaving.lock())
            callers.connected.push_back(connection->about().address);
    return reason_to_refuse(from, callers, limits_.callers);
}

Task<> Network::greet(Socket socket, NetworkAddress from) {
    const auto open = lifetime_.watch();
    auto greeted = co_await shake_hands(tls_, std::move(socket), false, limits_.handshake_time_max);
    if (!*open) co_return;
    greeting_.erase(std::ranges::find(greeting_, from));
    if (greeted)
        add(*std::move(greeted), from, false);
    else
        hooks_.refused(from, greeted.error().why);
}

void Network::dial(const NetworkAddress& address) {
    run([this, address] { return dial_once(address); });
}

Task<> Network::dial_once(NetworkAddress address) {
    const auto open = lifetime_.watch();
    const auto peer = co_await try_to_call(address);
    if (*open && !peer) events_.dial_failed(address);
}

Task<std::optional<PeerId>> Network::try_to_call(NetworkAddress address) {
    const auto open = lifetime_.watch();
    if (!hooks_.admits(address.host)) {
        hooks_.refused(address, "its host is banned");
        co_return std::nullopt;
    }
    auto called = co_await call(tls_, endpoint_of(address), limits_.connect_time_max,
                                limits_.handshake_time_max);
    if (!*open) co_return std::nullopt;
    if (called) co_return add(*std::move(called), address, true);
    hooks_.refused(address, called.error().why);
    co_return std::nullopt;
}

void Network::keep_calling(const NetworkAddress& address) {
    const auto [place, added] = called_.try_emplace(address);
    if (!added) return;
    place->second = std::make_shared<Redial>(executor_, address);
    run([this, redial = place->second] { return call_again(redial); });
}

void Network::call_once(const NetworkAddress& address) {
    run([this, address]() -> Task<> { (void)co_await try_to_call(address); });
}

bool Network::stop_calling(const NetworkAddress& address) {
    const auto found = called_.find(address);
    if (found == called_.end()) return false;
    found->second->is_over = true;
    found->second->timer.cancel();
    called_.erase(found);
    return true;
}

std::vector<NetworkAddress> Network::called() const {
    std::vector<NetworkAddress> addresses;
    for (const auto& [address, redial] : called_) addresses.push_back(address);
    return addresses;
}

Task<> Network::call_again(std::shared_ptr<Redial> redial) {
    const auto open = lifetime_.watch();
    RedialPace pace{limits_.redial};
    while (!redial->is_over) {
        std::optional<Duration> stood;
        redial->peer = co_await try_to_call(redial->address);
        if (!*open || redial->is_over) co_return;
        if (redial->peer && connections_.contains(*redial->peer)) {
            const auto began = std::chrono::steady_clock::now();
            redial->timer.expires_at(boost::asio::steady_timer::time_point::max());
            co_await redial->timer.async_wait(as_tuple(use_awaitable));
            if (!*open || redial->is_over) co_return;
            stood = passed(std::chrono::steady_clock::now() - began);
        }
        redial->timer.expires_after(real(pace.delay_after(stood)));
        co_await redial->timer.async_wait(as_tuple(use_awaitable));
        if (!*open) co_return;
    }
}

std::optional<PeerId> Network::add(OpenStream stream, const NetworkAddress& address,
                                   bool outbound) {
    const auto twin = std::ranges::find_if(connections_, [&](const auto& entry) {
        return entry.second->about().identity == stream.identity;
    });
    if (twin != connections_.end()) {
        if (!makes_way(*twin->second, outbound)) {
            hooks_.refused(address, "there is a connection with this node");
            return std::nullopt;
        }
        hang_up(twin->first, "another connection took its place");
    }
    const PeerId peer{next_peer_++};
    Connection::Owner& owner = *this;
    const auto connection = std::make_shared<Connection>(std::move(stream.stream),
                                                         PeerReport{.id = peer,
                                                                    .address = address,
                                                                    .outbound = outbound,
                                                                    .identity = stream.identity,
                                                                    .connected_at = time_of_day()},
                                                         limits_.connection, owner);
    connections_.emplace(peer, connection);
    connection->start();
    hooks_.opened(connection->about());
    events_.connected({.peer = peer, .outbound = outbound, .address = address});
    return peer;
}

/// docs/formats.md, "Frames".
bool Network::makes_way(const Connection& old, bool new_is_outbound) const {
    if (old.about().outbound == new_is_outbound) return true;
    const bool ours_stays = tls_.identity() < old.about().identity;
    return ours_stays == new_is_outbound;
}

void Network::send(PeerId peer, ByteView message) {
    const auto found = connections_.find(peer);
    if (found != connections_.end()) found->second->send(message);
}

void Network::send_block(PeerId peer, BlockIndex block) {
    const auto found = connections_.find(peer);
    if (found != connections_.end()) found->second->send_block(block);
}

void Network::disconnect(PeerId peer, Misconduct why) {
    const auto found = connections_.find(peer);
    if (found == connections_.end()) return;
    const std::shared_ptr<Connection> connection = found->second;
    if (why == Misconduct::no_room)
        let_go(connection);
    else
        connection->close();
    forget(*connection, to_text(why));
    hooks_.dropped(connection->about(), why);
}

void Network::let_go(const std::shared_ptr<Connection>& connection) {
    std::erase_if(leaving_, [](const auto& other) { return other.expired(); });
    leaving_.push_back(connection);
    connection->leave();
}

bool Network::hang_up(PeerId peer, std::string_view why) {
    const auto found = connections_.find(peer);
    if (found == connections_.end()) return false;
    const std::shared_ptr<Connection> connection = found->second;
    connection->close();
    ended(*connection, why);
    return true;
}

void Network::hang_up_on(const Host& host, std::string_view why) {
    for (const PeerReport& peer : peers()) {
        if (peer.address.host == host) hang_up(peer.id, why);
    }
}

std::vector<PeerReport> Network::peers() const {
    std::vector<PeerReport> reports;
    for (const auto& [peer, connection] : connections_) reports.push_back(connection->about());
    return reports;
}

const PeerReport* Network::find(PeerId peer) const {
    const auto found = connections_.find(peer);
    return found == connections_.end() ? nullptr : &found->second->about();
}

void Network::forget(const Connection& connection, std::string_view why) {
    const PeerId peer = connection.about().id;
    connections_.erase(peer);
    for (const auto& [address, redial] : called_) {
        if (redial->peer == peer) redial->timer.cancel();
    }
    hooks_.closed(connection.about(), why);
}

void Network::arrived(Connection& connection, ByteView message) {
    events_.arrived(connection.about().id, message);
}

Bytes Network::block_message(BlockIndex block) { return events_.block_message(block); }

void Network::ended(Connection& connection, std::string_view why) {
    forget(connection, why);
    events_.disconnected(connection.about().id);
}

}  // namespace bezant::net
