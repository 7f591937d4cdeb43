// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/ban_list.hpp"
#include "net/driver.hpp"
#include "net/log.hpp"
#include "net/network.hpp"
#include "net/node_index.hpp"
#include "net/node_log.hpp"
#include "net/running_node.hpp"
#include "net/start_error.hpp"
#include "net/tls_context.hpp"
#include "net/wallet/node_wallet.hpp"

namespace bezant::net {

struct NodeOptions {
    Parameters parameters;
    std::string version;           ///< of the program
    std::filesystem::path folder;  ///< made if it does not exist
    std::vector<NetworkAddress> listen_at;
    std::vector<NetworkAddress> call;                     ///< again and again
    std::optional<std::vector<PublicKey>> allowed_peers;  ///< nothing: everybody
    ParticipantOptions participant{};
    NetworkLimits limits{};
    std::optional<double> hashes_per_second{};
    std::optional<std::filesystem::path> record{};  ///< of what enters the participant
    unsigned mining_threads = 0;
    std::optional<WalletSource> wallet{};
    bool index = false;  ///< of transactions and addresses
    Duration ban_length = seconds(86'400);
};

/// What a participant in the real world does that in the simulated one nobody needs: compact
/// blocks, calls of its own, addresses.
[[nodiscard]] ParticipantOptions usual_participant_options(const Parameters& parameters);

/// Where the network's nodes listen if nothing else is said.
[[nodiscard]] std::uint16_t usual_port(const Parameters& parameters);

/// A node: a participant, its disk, its connections, its miner. Lives on the executor's one thread.
class Node final : public RunningNode {
public:
    /// Opens the folder and begins to listen; what is to be called is called when the loop runs.
    /// `log` must outlive the node, `stopped` is called once everything has been closed.
    [[nodiscard]] static Result<std::unique_ptr<Node>, StartError> start(
        const boost::asio::any_io_executor& executor, const NodeOptions& options, const Log& log,
        std::function<void()> stopped);
    ~Node() override;

    [[nodiscard]] const NodeAbout& about() const override { return about_; }
    [[nodiscard]] Time now() const override;
    [[nodiscard]] const Participant& participant() const override;
    [[nodiscard]] const Archive& archive() const override;
    void load(BlockIndex block) override { driver_->load(block); }
    TransactionIndex add_transaction(Transaction transaction) override {
        return driver_->add_transaction(std::move(transaction));
    }
    std::optional<CoinIndex> find_coin(const OutPoint& outpoint) override {
        return driver_->find_coin(outpoint);
    }
    void handle(const Event& event) override { driver_->handle(event); }

    [[nodiscard]] std::vector<PeerReport> peers() const override { return network_->peers(); }
    void keep_calling(const NetworkAddress& address) override;
    void call_once(const NetworkAddress& address) override;
    bool stop_calling(const NetworkAddress& address) override;
    [[nodiscard]] std::vector<NetworkAddress> called() const override;
    bool disconnect(PeerId peer) override;

    [[nodiscard]] std::vector<BanReport> bans() const override;
    void ban(const Host& host, Duration length) override;
    bool lift_ban(const Host& host) override;

    [[nodiscard]] NodeWallet* wallet() override;
    [[nodiscard]] const storage::LedgerIndex* index() override;

    [[nodiscard]] MiningReport mining() const override { return driver_->mining(); }
    void mine(unsigned threads) override { driver_->mine(threads); }

    void add_listener(NodeListener& listener) override { driver_->add_listener(listener); }
    void remove_listener(NodeListener& listener) override { driver_->remove_listener(listener); }

    void stop() override;

private:
    Node(const boost::asio::any_io_executor& executor, const NodeOptions& options, const Log& log,
         const SecretSeed& identity, std::unique_ptr<Driver> driver, std::function<void()> stopped);

    [[nodiscard]] Result<void, StartError> begin(const NodeOptions& options);
    [[nodiscard]] Network::Hooks hooks();
    void punish(const PeerReport& peer, Misconduct why);
    void save_again_later();
    void close();

    boost::asio::any_io_executor executor_;
    NodeAbout about_;
    Duration ban_length_;
    std::function<void()> stopped_;
    TlsContext tls_;
    std::unique_ptr<Driver> driver_;
    BanList bans_;
    NodeLog log_;
    std::unique_ptr<Network> network_;
    std::optional<NodeIndex> index_;
    std::unique_ptr<NodeWallet> wallet_;
    boost::asio::steady_timer saving_;
    Lifetime lifetime_;
    bool is_closed_ = false;
};

}  // namespace bezant::net
