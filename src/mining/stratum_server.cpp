// SPDX-License-Identifier: Apache-2.0
#include "mining/stratum_server.hpp"

#include <algorithm>
#include <boost/asio.hpp>
#include <chrono>
#include <set>
#include <utility>

#include "mining/stratum_client.hpp"
#include "mining/stratum_session.hpp"
#include "net/listen.hpp"
#include "net/node.hpp"
#include "net/spawn.hpp"

namespace bezant::mining {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
/// When no more files may be open: some that are will be closed.
constexpr std::chrono::milliseconds accept_again{100};

}  // namespace

/// Lives as long as the server or a connection of it.
struct StratumServer::State final : std::enable_shared_from_this<State>, net::NodeListener {
    State(asio::io_context& io, net::RunningNode& served, StratumServerOptions chosen)
        : loop(io), node(served), options(std::move(chosen)), desk(served), alarm(io) {
        desk.fixed_difficulty = options.difficulty;
    }

    Result<void, std::string> listen(const NetworkAddress& address);
    void run();
    void stop();

    asio::awaitable<void> accept(Tcp::acceptor& acceptor);
    asio::awaitable<void> serve(Tcp::socket socket);

    void noticed(const Notice& notice, Time now) override;
    void peer_connected(const net::PeerReport& /*peer*/) override {}
    void peer_gone(const net::PeerReport& /*peer*/) override {}

    void give_job_at(asio::steady_timer::time_point moment);
    void give_job();

    asio::io_context& loop;
    net::RunningNode& node;
    StratumServerOptions options;
    StratumDesk desk;
    std::vector<std::unique_ptr<Tcp::acceptor>> acceptors;
    std::set<StratumClient*> clients;
    std::uint32_t next_client = 1;
    asio::steady_timer alarm;  ///< for the next job
    asio::steady_timer::time_point last_job{};
    bool tip_moved = false;  ///< since the last job
    bool stopped = false;
};

Result<void, std::string> StratumServer::State::listen(const NetworkAddress& address) {
    auto acceptor = net::listen_in_clear(loop, address, options.allow_remote);
    if (!acceptor) return unexpected{acceptor.error()};
    acceptors.push_back(*std::move(acceptor));
    return {};
}

void StratumServer::State::run() {
    node.add_listener(*this);
    for (const auto& acceptor : acceptors) {
        net::spawn(loop.get_executor(), [self = shared_from_this(), &acceptor = *acceptor] {
            return self->accept(acceptor);
        });
    }
    give_job_at(asio::steady_timer::clock_type::now() + net::real(options.job_interval));
}

void StratumServer::State::stop() {
    stopped = true;
    node.remove_listener(*this);
    boost::system::error_code ignored;
    for (const auto& acceptor : acceptors) acceptor->close(ignored);
    for (StratumClient* const client : clients) client->hang_up();
    alarm.cancel();
}

asio::awaitable<void> StratumServer::State::accept(Tcp::acceptor& acceptor) {
    while (!stopped) {
        auto [error, socket] = co_await acceptor.async_accept(as_result);
        if (stopped) co_return;
        if (error) {
            asio::steady_timer timer{loop, accept_again};
            co_await timer.async_wait(as_result);
        } else if (clients.size() < options.clients_max) {
            net::spawn(loop.get_executor(),
                       [self = shared_from_this(), caller = std::move(socket)]() mutable {
                           return self->serve(std::move(caller));
                       });
        }
    }
}

asio::awaitable<void> StratumServer::State::serve(Tcp::socket socket) {
    const StratumClient::Waits waits{.introduction = options.introduction_max,
                                     .silence = options.silence_max};
    const auto client =
        std::make_shared<StratumClient>(std::move(socket), desk, next_client++, waits);
    clients.insert(client.get());
    desk.workers.clients = clients.size();
    co_await client->run();
    clients.erase(client.get());
    desk.workers.clients = clients.size();
}

void StratumServer::State::noticed(const Notice& notice, Time /*now*/) {
    if (!std::holds_alternative<TipMoved>(notice)) return;
    tip_moved = true;
    give_job_at(
        std::max(asio::steady_timer::clock_type::now(), last_job + net::real(job_spacing_min)));
}

void StratumServer::State::give_job_at(asio::steady_timer::time_point moment) {
    alarm.expires_at(moment);
    alarm.async_wait([self = shared_from_this()](const boost::system::error_code& cancelled) {
        if (!cancelled && !self->stopped) self->give_job();
    });
}

/// Where nobody mines, no work is made.
void StratumServer::State::give_job() {
    last_job = asio::steady_timer::clock_type::now();
    const bool clean = std::exchange(tip_moved, false);
    if (!clients.empty()) {
        const WorkDesk::Given& given = desk.works.renew();
        for (StratumClient* const client : clients) client->give(given, clean);
    }
    give_job_at(last_job + net::real(options.job_interval));
}

std::uint16_t usual_stratum_port(const Parameters& parameters) {
    return static_cast<std::uint16_t>(net::usual_port(parameters) - 2);
}

Result<std::unique_ptr<StratumServer>, std::string> StratumServer::start(
    asio::io_context& loop, net::RunningNode& node, const StratumServerOptions& options) {
    auto state = std::make_shared<State>(loop, node, options);
    for (const NetworkAddress& address : options.addresses) {
        if (auto listens = state->listen(address); !listens) return unexpected{listens.error()};
    }
    state->run();
    return std::unique_ptr<StratumServer>{new StratumServer{std::move(state)}};
}

StratumServer::StratumServer(std::shared_ptr<State> state) : state_(std::move(state)) {}

StratumServer::~StratumServer() { state_->stop(); }

std::vector<NetworkAddress> StratumServer::addresses() const {
    std::vector<NetworkAddress> list = state_->options.addresses;
    for (std::size_t i = 0; i < list.size(); ++i)
        list[i].port = state_->acceptors[i]->local_endpoint().port();
    return list;
}

const WorkerBook& StratumServer::workers() const { return state_->desk.workers; }

}  // namespace bezant::mining
