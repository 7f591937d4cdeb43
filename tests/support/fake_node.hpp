// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "net/running_node.hpp"
#include "tests/support/block_builder.hpp"
#include "tests/support/keys.hpp"

namespace bezant::test {

/// A node without a network, a disk and a clock: one participant on an archive in memory, with
/// coins of 1 BZT in the genesis block of the network `local`. What is asked of its surroundings is
/// only remembered.
class FakeNode final : public net::RunningNode {
public:
    explicit FakeNode(std::size_t coins = 10)
        : archive_(parameters_with(coins), verifier_),
          participant_(archive_, owner.key, ParticipantOptions{}, Random{1}),
          effects_(*this) {
        about_ = {.version = "1.2.3",
                  .data_folder = "/nowhere",
                  .identity = owner.public_key,
                  .started_at = now_,
                  .listens_at = {{.host = ipv4_host(127, 0, 0, 1), .port = 27'333}}};
        handle(Started{});
    }

    [[nodiscard]] const net::NodeAbout& about() const override { return about_; }
    [[nodiscard]] Time now() const override { return now_; }
    [[nodiscard]] const Participant& participant() const override { return participant_; }
    [[nodiscard]] const Archive& archive() const override { return archive_; }
    void load(BlockIndex block) override { archive_.load(block); }
    TransactionIndex add_transaction(Transaction transaction) override {
        return archive_.add_transaction(std::move(transaction));
    }
    std::optional<CoinIndex> find_coin(const OutPoint& outpoint) override {
        return archive_.find_coin(outpoint);
    }
    void handle(const Event& event) override { participant_.handle(event, now_, effects_); }
    [[nodiscard]] std::vector<net::PeerReport> peers() const override { return neighbours; }
    void keep_calling(const NetworkAddress& address) override {
        calls.push_back(address);
        called_.push_back(address);
    }
    void call_once(const NetworkAddress& address) override { calls.push_back(address); }
    bool stop_calling(const NetworkAddress& address) override {
        return std::erase(called_, address) != 0;
    }
    [[nodiscard]] std::vector<NetworkAddress> called() const override { return called_; }
    bool disconnect(PeerId peer) override {
        return std::erase_if(neighbours, [&](const auto& each) { return each.id == peer; }) != 0;
    }
    [[nodiscard]] std::vector<net::BanReport> bans() const override { return bans_; }
    void ban(const Host& host, Duration length) override {
        bans_.push_back({.host = host, .since = now_, .until = now_ + length});
    }
    bool lift_ban(const Host& host) override {
        return std::erase_if(bans_, [&](const auto& each) { return each.host == host; }) != 0;
    }
    [[nodiscard]] net::MiningReport mining() const override {
        return {.threads = threads_, .hashes_per_second = 1'000.0 * threads_};
    }
    net::NodeWallet* wallet() override { return nullptr; }
    const storage::LedgerIndex* index() override { return kept_index; }
    void mine(unsigned threads) override { threads_ = threads; }
    void add_listener(net::NodeListener& listener) override { listeners.push_back(&listener); }
    void remove_listener(net::NodeListener& listener) override { std::erase(listeners, &listener); }
    void stop() override { stopped = true; }

    // What happens.
    void wait(Duration span) { now_ = now_ + span; }
    /// A valid block on this parent, which arrives at once.
    BlockIndex extend(BlockIndex parent, std::vector<Transaction> payments = {}, Amount fees = {}) {
        const BlockNode& node = archive_.blocks()[parent];
        const Block block = make_block({node.hash, next(node.height), node.header.time + ++blocks_,
                                        archive_.parameters().target_limit},
                                       miner, std::move(payments), fees, archive_.parameters());
        const BlockIndex index = archive_.add_block(block).value();
        arrive(BlockMessage{.block = index});
        return index;
    }
    BlockIndex extend(std::vector<Transaction> payments = {}, Amount fees = {}) {
        return extend(participant_.chain().tip(), std::move(payments), fees);
    }
    /// Only the header of a block on this parent arrives.
    BlockIndex announce(BlockIndex parent) {
        const BlockNode& node = archive_.blocks()[parent];
        const Block block = make_block({node.hash, next(node.height), node.header.time + ++blocks_,
                                        archive_.parameters().target_limit},
                                       miner, {}, {}, archive_.parameters());
        const BlockIndex index = archive_.add_header(block.header).value();
        arrive(Headers{.headers = {index}});
        return index;
    }
    [[nodiscard]] Spend coin(std::uint32_t number) const {
        return coin_of(archive_.parameters().genesis.transactions.front(), number, owner);
    }
    /// A payment of this coin that leaves a fee.
    [[nodiscard]] Transaction payment(const Spend& spend, const Person& to,
                                      Amount fee = Amount{1'000}) const {
        return make_payment(std::span{&spend, 1},
                            {{Amount{spend.coin.amount.value - fee.value}, to.owner}},
                            archive_.parameters());
    }
    net::PeerReport& neighbour(std::uint32_t id, const NetworkAddress& address) {
        net::PeerReport peer;
        peer.id = PeerId{id};
        peer.address = address;
        peer.connected_at = now_;
        return neighbours.emplace_back(peer);
    }

    const Person owner{"owner"};
    const Person miner{"miner"};
    std::vector<net::PeerReport> neighbours;
    std::vector<NetworkAddress> calls;  ///< that were asked for, ever
    std::vector<net::NodeListener*> listeners;
    const storage::LedgerIndex* kept_index = nullptr;
    bool stopped = false;

private:
    /// Hands notices on; everything else comes to nothing.
    class Sink final : public Effects {
    public:
        explicit Sink(FakeNode& node) : node_(node) {}

        void send(PeerId /*peer*/, Message /*message*/) override {}
        void disconnect(PeerId /*peer*/, Misconduct /*why*/) override {}
        void set_timer(Timer /*timer*/, Time /*at*/) override {}
        void store(BlockIndex /*block*/) override {}
        void mine(const MiningJob& /*job*/) override {}
        void stop_mining() override {}
        void charge(Verification /*work*/) override {}
        void notice(const Notice& notice) override {
            for (net::NodeListener* listener : node_.listeners)
                listener->noticed(notice, node_.now_);
        }
        void dial(const NetworkAddress& /*address*/) override {}

    private:
        FakeNode& node_;
    };

    Parameters parameters_with(std::size_t coins) const {
        const std::vector<Output> allocation(coins, Output{bezants(1), owner.owner});
        return built_in_parameters("local", allocation).value();
    }

    /// A neighbour says this; it has greeted before, and asked for nothing.
    void arrive(Message message) {
        if (!met_) {
            handle(PeerConnected{.peer = stranger_});
            handle(MessageArrived{stranger_, Hello{.version = protocol_version,
                                                   .genesis = archive_.parameters().genesis_hash,
                                                   .nonce = 4711,
                                                   .height = {}}});
            met_ = true;
        }
        handle(MessageArrived{stranger_, std::move(message)});
    }

    static constexpr PeerId stranger_{1'000};

    DirectVerifier verifier_;
    Archive archive_;
    Participant participant_;
    Sink effects_;
    net::NodeAbout about_;
    Time now_ = from_unix_seconds(1'767'230'000);
    bool met_ = false;
    std::uint32_t blocks_ = 0;
    unsigned threads_ = 0;
    std::vector<NetworkAddress> called_;
    std::vector<net::BanReport> bans_;
};

}  // namespace bezant::test
