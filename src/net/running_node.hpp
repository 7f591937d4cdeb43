// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "chain/archive.hpp"
#include "crypto/ed25519.hpp"
#include "node/effects.hpp"
#include "node/event.hpp"
#include "node/participant.hpp"

namespace bezant::storage {
class LedgerIndex;
}

namespace bezant::net {

class NodeWallet;

/// What is the same for the whole life of a node.
struct NodeAbout {
    std::string version;      ///< of the program
    std::string data_folder;  ///< where its store and keys lie
    PublicKey identity;       ///< with which it shows itself to others
    Time started_at;
    std::vector<NetworkAddress> listens_at;  ///< where it accepts calls; ports are those given
};

/// A neighbour, as an operator sees it.
struct PeerReport {
    PeerId id;
    NetworkAddress address;  ///< what was dialled, or where it called from
    bool outbound = false;   ///< we called it
    PublicKey identity;      ///< the key that it proved to have
    Time connected_at;
    std::uint64_t bytes_sent = 0;  ///< of messages and their frames, before encryption
    std::uint64_t bytes_received = 0;
    std::uint64_t messages_sent = 0;
    std::uint64_t messages_received = 0;
    std::optional<Time> last_sent_at{};
    std::optional<Time> last_received_at{};
    std::size_t bytes_waiting = 0;  ///< that it has not taken yet
};

/// A host that is not spoken with.
struct BanReport {
    Host host;
    Time since;
    Time until;
};

/// What the node's own mining does.
struct MiningReport {
    unsigned threads = 0;  ///< 0: it does not mine
    double hashes_per_second = 0;
};

/// Told what happens in a node. What is referred to is good until the call returns; from inside of
/// it nothing may be asked of the node that changes it.
class NodeListener {
public:
    NodeListener() = default;
    NodeListener(const NodeListener&) = delete;
    NodeListener& operator=(const NodeListener&) = delete;
    virtual ~NodeListener() = default;

    /// The participant's own words.
    virtual void noticed(const Notice& notice, Time now) = 0;
    virtual void peer_connected(const PeerReport& peer) = 0;
    virtual void peer_gone(const PeerReport& peer) = 0;
};

/// A node that runs in this process: what may be seen of it, and what may be asked. Whatever it
/// shows or tells its listeners is on its disk. All calls come from the one thread that the
/// participant lives on, and none blocks for longer than the participant's own work and one write
/// to the disk.
class RunningNode {
public:
    RunningNode() = default;
    RunningNode(const RunningNode&) = delete;
    RunningNode& operator=(const RunningNode&) = delete;
    virtual ~RunningNode() = default;

    [[nodiscard]] virtual const NodeAbout& about() const = 0;
    [[nodiscard]] virtual Time now() const = 0;

    [[nodiscard]] virtual const Participant& participant() const = 0;
    /// Facts. Indices of transactions and coins are good until control goes back to whoever called.
    [[nodiscard]] virtual const Archive& archive() const = 0;
    // What is not among them may be brought there, but not from inside of a listener.
    /// Brings a known body into memory, where it can be read.
    virtual void load(BlockIndex block) = 0;
    virtual TransactionIndex add_transaction(Transaction transaction) = 0;
    /// As Archive::find_coin.
    virtual std::optional<CoinIndex> find_coin(const OutPoint& outpoint) = 0;
    /// Lets the participant handle this, and does what follows from it. When it returns, all
    /// notices have been given, and what was to be stored is on the disk.
    virtual void handle(const Event& event) = 0;

    [[nodiscard]] virtual std::vector<PeerReport> peers() const = 0;
    /// Calls this address now, and again whenever the connection is lost, until it is forgotten.
    virtual void keep_calling(const NetworkAddress& address) = 0;
    /// Calls this address now, and not again.
    virtual void call_once(const NetworkAddress& address) = 0;
    /// False if it was not being called.
    virtual bool stop_calling(const NetworkAddress& address) = 0;
    /// Those that are being called so.
    [[nodiscard]] virtual std::vector<NetworkAddress> called() const = 0;
    /// False if there is no such neighbour.
    virtual bool disconnect(PeerId peer) = 0;

    [[nodiscard]] virtual std::vector<BanReport> bans() const = 0;
    /// Ends all connections with this host, and makes none until then. Survives a restart.
    virtual void ban(const Host& host, Duration length) = 0;
    /// False if it was not banned.
    virtual bool lift_ban(const Host& host) = 0;

    /// The wallet of whoever runs the node; null if there is none.
    [[nodiscard]] virtual NodeWallet* wallet() = 0;

    /// The index of transactions and addresses, which may be behind; null if none is kept.
    [[nodiscard]] virtual const storage::LedgerIndex* index() = 0;

    [[nodiscard]] virtual MiningReport mining() const = 0;
    /// With 0 threads it stops.
    virtual void mine(unsigned threads) = 0;

    /// Listeners are told in the order in which they were added; they must outlive the node, or be
    /// removed.
    virtual void add_listener(NodeListener& listener) = 0;
    virtual void remove_listener(NodeListener& listener) = 0;

    /// Ends the node as soon as control goes back to its loop: connections are closed, and
    /// everything is on the disk.
    virtual void stop() = 0;
};

}  // namespace bezant::net
