// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/failure.hpp"
#include "fleet/node_process.hpp"
#include "fleet/observed_fleet.hpp"
#include "fleet/preparation.hpp"
#include "rpc/event_client.hpp"
#include "sim/topology/graph.hpp"

namespace bezant::fleet {

struct FleetOptions {
    std::filesystem::path program;   ///< `bezant`
    std::filesystem::path folder;    ///< of all participants; must have nothing of a fleet in it
    std::vector<std::string> names;  ///< of their folders
    std::vector<Output> others{};    ///< coins of the genesis block that are nobody's of these
    /// Whether the nodes' events are followed; otherwise `world` stays as it was in the beginning.
    bool listens = true;
};

/// A scenario's participants as processes of this machine: a node each, on loopback, connected as
/// the graph says. Keeps SIGINT and SIGTERM to itself as long as it lives.
class Fleet {
public:
    /// Comes back when all of them answer calls and are connected. The graph must be connected, and
    /// have as many nodes as the scenario has participants.
    [[nodiscard]] static Result<std::unique_ptr<Fleet>, Failure> start(
        const sim::Scenario& scenario, const sim::Graph& graph, const FleetOptions& options);
    /// Ends those that have not ended.
    ~Fleet();
    Fleet(const Fleet&) = delete;
    Fleet& operator=(const Fleet&) = delete;

    [[nodiscard]] ObservedFleet& world() { return world_; }
    [[nodiscard]] const Preparation& preparation() const { return preparation_; }
    [[nodiscard]] NodeProcess& node(sim::ParticipantId who) { return nodes_[who]; }

    /// As NodeProcess::call.
    [[nodiscard]] Result<std::string, Failure> call(sim::ParticipantId who, std::string_view method,
                                                    std::span<const std::string> words = {});
    /// The same call to each.
    [[nodiscard]] Result<void, Failure> call_all(std::string_view method,
                                                 std::span<const std::string> words = {});

    /// Listens to all nodes until it is so, one of them fails, or whoever started this wants no
    /// more; and, with a limit, no longer than that.
    [[nodiscard]] Result<void, Failure> wait_until(const std::function<bool()>& is_so,
                                                   std::string_view what,
                                                   std::optional<Duration> wait_max);
    [[nodiscard]] Result<void, Failure> pause(Duration length);

    /// Since the nodes began.
    [[nodiscard]] Duration elapsed() const;

    /// Asks all to end, and waits until they have; who does not within ten seconds is ended.
    void stop();

private:
    Fleet(const sim::Scenario& scenario, Preparation preparation);

    [[nodiscard]] Result<void, Failure> launch(const FleetOptions& options);
    [[nodiscard]] Result<void, Failure> listen(sim::ParticipantId who);
    [[nodiscard]] Result<void, Failure> connect(const sim::Graph& graph);
    [[nodiscard]] Result<void, Failure> wait_for_links(const sim::Graph& graph);
    void told(sim::ParticipantId who, std::string_view event);
    [[nodiscard]] Result<Block, std::string> fetch(sim::ParticipantId who, const BlockHash& hash);
    [[nodiscard]] std::optional<Failure> trouble();

    boost::asio::io_context loop_{1};
    boost::asio::signal_set signals_{loop_};
    Preparation preparation_;
    Time started_at_;
    ObservedFleet world_;
    std::vector<NodeProcess> nodes_;
    std::vector<std::unique_ptr<rpc::EventClient>> streams_;
    std::optional<Failure> failure_;
    bool is_ending_ = false;
};

}  // namespace bezant::fleet
