// SPDX-License-Identifier: Apache-2.0
#include "fleet/fleet.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>
#include <chrono>
#include <csignal>
#include <thread>
#include <utility>

#include "base/hex.hpp"
#include "ledger/codec.hpp"
#include "net/wall_clock.hpp"
#include "sim/hash_rate.hpp"

namespace bezant::fleet {

namespace {

using sim::ParticipantId;

/// How long nodes may take, on a busy machine, for what takes them milliseconds.
constexpr Duration start_wait_max = seconds(60);
constexpr Duration end_wait_max = seconds(10);
/// How often it is seen whether what is waited for has come, when no node tells anything.
constexpr std::chrono::milliseconds look_interval{10};
constexpr double microhertz = 1e-6;

Failure environment(const std::string& what) {
    return {.kind = Failure::Kind::environment, .what = what};
}

std::chrono::microseconds as_chrono(Duration span) {
    return std::chrono::microseconds{span.microseconds};
}

/// The port in `localaddresses` of getnetworkinfo.
std::optional<std::int64_t> port_in(std::string_view network_info) {
    boost::system::error_code fault;
    const boost::json::value info = boost::json::parse(network_info, fault);
    const boost::json::value* port =
        fault ? nullptr : info.find_pointer("/localaddresses/0/port", fault);
    if (port == nullptr || !port->is_int64()) return std::nullopt;
    return port->get_int64();
}

}  // namespace

Result<std::unique_ptr<Fleet>, Failure> Fleet::start(const sim::Scenario& scenario,
                                                     const sim::Graph& graph,
                                                     const FleetOptions& options) {
    auto preparation = prepare(scenario, options.names, options.folder, options.others);
    if (!preparation) return unexpected{environment(preparation.error())};
    std::unique_ptr<Fleet> fleet{new Fleet{scenario, *std::move(preparation)}};
    if (auto launched = fleet->launch(options); !launched) return unexpected{launched.error()};
    if (auto connected = fleet->connect(graph); !connected) return unexpected{connected.error()};
    return fleet;
}

Fleet::Fleet(const sim::Scenario& scenario, Preparation preparation)
    : preparation_(std::move(preparation)),
      started_at_(net::time_of_day()),
      world_(scenario, preparation_, started_at_) {
    signals_.add(SIGINT);
    signals_.add(SIGTERM);
    signals_.async_wait([this](const boost::system::error_code& cancelled, int) {
        if (!cancelled)
            failure_ = Failure{.kind = Failure::Kind::interrupted, .what = "interrupted"};
    });
}

Fleet::~Fleet() { stop(); }

Result<void, Failure> Fleet::launch(const FleetOptions& options) {
    const auto rates = sim::hash_rates(world_.scenario());
    for (ParticipantId who = 0; who < world_.size(); ++who) {
        const Member& member = preparation_.members[who];
        auto node = NodeProcess::start(
            {.program = options.program,
             .folder = member.folder,
             .network = preparation_.network,
             .wallet = member.wallet,
             .hashes_per_second =
                 static_cast<double>(rates[who].per_million_seconds) * microhertz});
        if (!node) return unexpected{environment(node.error())};
        nodes_.push_back(*std::move(node));
    }
    for (ParticipantId who = 0; who < world_.size(); ++who) {
        const auto answers = [&] {
            const auto so = nodes_[who].answers();
            if (!so) failure_ = environment(so.error());
            return so && *so;
        };
        if (auto ready = wait_until(answers, "all nodes answer", start_wait_max); !ready)
            return ready;
        if (!options.listens) continue;
        if (auto listening = listen(who); !listening) return listening;
    }
    return {};
}

Result<void, Failure> Fleet::listen(ParticipantId who) {
    auto stream = rpc::EventClient::connect(
        loop_.get_executor(), nodes_[who].answers_at(),
        {.told = [this, who](std::string_view event) { told(who, event); },
         .ended =
             [this](const std::string& why) {
                 if (!is_ending_ && !failure_) failure_ = environment(why);
             }});
    if (!stream) return unexpected{environment(stream.error())};
    streams_.push_back(*std::move(stream));
    return {};
}

Result<void, Failure> Fleet::connect(const sim::Graph& graph) {
    std::vector<std::string> addresses;
    for (ParticipantId who = 0; who < world_.size(); ++who) {
        const auto info = call(who, "getnetworkinfo");
        if (!info) return unexpected{info.error()};
        addresses.push_back(fmt::format("127.0.0.1:{}", port_in(*info).value_or(0)));
    }
    for (const sim::Edge& edge : graph.edges()) {
        const auto called =
            call(edge.low, "addnode", std::array{addresses[edge.high], std::string{"add"}});
        if (!called) return unexpected{called.error()};
    }
    return wait_for_links(graph);
}

Result<void, Failure> Fleet::wait_for_links(const sim::Graph& graph) {
    for (ParticipantId who = 0; who < world_.size(); ++who) {
        const auto is_linked = [&] {
            const auto count = call(who, "getconnectioncount");
            if (!count) failure_ = count.error();
            return count && *count == std::to_string(graph.degree(who));
        };
        if (auto linked = wait_until(is_linked, "all nodes are connected", start_wait_max); !linked)
            return linked;
    }
    return {};
}

Result<std::string, Failure> Fleet::call(ParticipantId who, std::string_view method,
                                         std::span<const std::string> words) {
    auto answer = nodes_[who].call(method, words);
    if (!answer) return unexpected{environment(answer.error())};
    return *std::move(answer);
}

Result<void, Failure> Fleet::call_all(std::string_view method, std::span<const std::string> words) {
    for (ParticipantId who = 0; who < world_.size(); ++who) {
        if (auto called = call(who, method, words); !called) return unexpected{called.error()};
    }
    return {};
}

void Fleet::told(ParticipantId who, std::string_view event) {
    const auto told = told_event_from(event);
    if (!told || failure_) return;
    const auto taken =
        world_.take(who, *told, [this, who](const BlockHash& hash) { return fetch(who, hash); });
    if (!taken) failure_ = Failure{.kind = Failure::Kind::check, .what = taken.error()};
}

Result<Block, std::string> Fleet::fetch(ParticipantId who, const BlockHash& hash) {
    const std::string shown = to_hex_reversed(hash.view());
    const auto answer = nodes_[who].call("getblock", std::array{shown, std::string{"0"}});
    if (!answer) return unexpected{answer.error()};
    if (const auto bytes = from_hex(*answer)) {
        if (auto block = block_from_bytes(*bytes)) return *std::move(block);
    }
    return unexpected{fmt::format("participant {} gives no block {}", who, shown)};
}

std::optional<Failure> Fleet::trouble() {
    if (failure_) return failure_;
    for (NodeProcess& node : nodes_) {
        if (auto ended = node.end()) return environment(*ended);
    }
    return std::nullopt;
}

Result<void, Failure> Fleet::wait_until(const std::function<bool()>& is_so, std::string_view what,
                                        std::optional<Duration> wait_max) {
    const auto begun = std::chrono::steady_clock::now();
    while (true) {
        const bool so = is_so();
        if (auto failure = trouble()) return unexpected{*failure};
        if (so) return {};
        if (wait_max && std::chrono::steady_clock::now() - begun > as_chrono(*wait_max)) {
            return unexpected{Failure{.kind = Failure::Kind::check,
                                      .what = fmt::format("did not come about: {}", what)}};
        }
        loop_.run_one_for(look_interval);
    }
}

Result<void, Failure> Fleet::pause(Duration length) {
    const auto end = std::chrono::steady_clock::now() + as_chrono(length);
    return wait_until([end] { return std::chrono::steady_clock::now() >= end; }, "time passes",
                      std::nullopt);
}

Duration Fleet::elapsed() const { return net::time_of_day() - started_at_; }

void Fleet::stop() {
    is_ending_ = true;
    streams_.clear();
    for (NodeProcess& node : nodes_) node.ask_to_end();
    const auto end = std::chrono::steady_clock::now() + as_chrono(end_wait_max);
    for (NodeProcess& node : nodes_) {
        while (!node.has_ended() && std::chrono::steady_clock::now() < end)
            std::this_thread::sleep_for(look_interval);
    }
    nodes_.clear();
}

}  // namespace bezant::fleet
