// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "net/checking_pool.hpp"
#include "net/held_notices.hpp"
#include "net/lifetime.hpp"
#include "net/mining_threads.hpp"
#include "net/peer_ports.hpp"
#include "net/read_ahead.hpp"
#include "net/record/recorder.hpp"
#include "net/running_node.hpp"
#include "net/start_error.hpp"
#include "net/stored_participant.hpp"
#include "net/timer_queue.hpp"

namespace bezant::net {

struct DriverOptions {
    ParticipantOptions participant{};
    std::string store_folder;
    storage::DatabaseOptions database{};
    /// That find out about signatures, beside the loop; nothing: one less than there are
    /// processors.
    std::optional<unsigned> checking_threads{};
    /// Of the node's own mining; nothing: as many as there can be.
    std::optional<double> hashes_per_second{};
    /// Nothing: what enters the participant is not recorded.
    std::optional<RecordOptions> record{};
};

/// Drives a participant in the real world: gives it the time, its timers, threads that mine and a
/// disk, and carries messages between it and connections. Everything happens on the executor's one
/// thread, one event after the other.
///
/// What an event brings about is on the disk before any of it is sent: connections send only when
/// control is back with the loop. While blocks are being caught up with, and nothing follows from
/// them but further questions, several of them are one write. Listeners, too, are told of nothing
/// that is not on the disk.
class Driver final : public PeerEvents, private Effects {
public:
    /// Opens the store, which may take some time where much is stored.
    [[nodiscard]] static Result<std::unique_ptr<Driver>, StartError> open(
        const boost::asio::any_io_executor& executor, const Parameters& parameters,
        const SigningKey& miner_key, DriverOptions options);
    /// Waits for the mining threads to end.
    ~Driver() override;

    /// Starts the participant: before that there must be no events. `links` must live as long as
    /// there are.
    void begin(PeerLinks& links);

    /// One event, and all that follows from it; but for a message's, it is on the disk when this
    /// returns.
    void handle(const Event& event);

    /// Sees that all that was found out is on the disk; within an event, that is done at its end.
    /// Whoever shows the node's state to others calls it first.
    void settle();

    [[nodiscard]] const Archive& archive() const { return life_->archive(); }
    [[nodiscard]] const Participant& participant() const { return life_->participant(); }
    [[nodiscard]] storage::StoredLedger& ledger() { return life_->ledger(); }
    [[nodiscard]] storage::Database& database() { return ledger().database(); }
    /// Who follows the store's chain, in the same writes, from now on until it leaves.
    void accompany(storage::LedgerCompanion& companion) { life_->storage().accompany(companion); }
    void leave(storage::LedgerCompanion& companion) { life_->storage().leave(companion); }

    // Facts that others than the participant need (RunningNode).
    void load(BlockIndex block);
    TransactionIndex add_transaction(Transaction transaction);
    std::optional<CoinIndex> find_coin(const OutPoint& outpoint);

    [[nodiscard]] MiningReport mining() const;
    void mine(unsigned threads);

    void add_listener(NodeListener& listener) { listeners_.push_back(&listener); }
    void remove_listener(NodeListener& listener) { std::erase(listeners_, &listener); }
    [[nodiscard]] const std::vector<NodeListener*>& listeners() const { return listeners_; }

    /// The record of what enters the participant; null if there is none.
    [[nodiscard]] const Recorder* recorder() const { return recorder_.get(); }
    /// Nothing more will happen that is to be recorded.
    void end_record();

    /// Keeps what the participant knows of others over a restart.
    void save_addresses();

    void connected(const PeerConnected& event) override;
    void disconnected(PeerId peer) override;
    void arrived(PeerId peer, ByteView message) override;
    void dial_failed(const NetworkAddress& address) override;
    [[nodiscard]] Bytes block_message(BlockIndex block) override;

private:
    Driver(const boost::asio::any_io_executor& executor, const Parameters& parameters,
           DriverOptions options);

    [[nodiscard]] Result<void, StartError> come_to_life(
        std::unique_ptr<storage::StoredLedger> ledger, const SigningKey& miner_key);
    [[nodiscard]] ReadAhead::Hooks read_ahead_hooks();
    void take(PeerId peer, ByteView message);
    void take_block(PeerId peer, NewBlock block);
    [[nodiscard]] bool is_body_wanted(BlockIndex block) const;
    void settle_in_time();
    void tell_listeners();
    [[nodiscard]] Effects& effects();
    void begin_event();
    void live(const Event& event);
    void nonce_found(std::uint64_t job, std::uint32_t nonce);

    void send(PeerId peer, Message message) override;
    void disconnect(PeerId peer, Misconduct why) override;
    void set_timer(Timer timer, Time at) override;
    void store(BlockIndex block) override;
    void mine(const MiningJob& job) override;
    void stop_mining() override;
    void charge(Verification work) override;
    void notice(const Notice& notice) override;
    void dial(const NetworkAddress& address) override;

    boost::asio::any_io_executor executor_;
    Parameters parameters_;
    DriverOptions options_;
    PeerLinks* links_ = nullptr;
    std::unique_ptr<Recorder> recorder_;
    std::unique_ptr<StoredParticipant> life_;
    TimerQueue timers_;
    std::vector<NodeListener*> listeners_;
    HeldNotices notices_;

    bool handling_ = false;
    Time now_;  ///< of the event that is being handled
    boost::asio::steady_timer sync_timer_;
    bool will_settle_ = false;

    std::optional<ReadAhead> read_ahead_;
    Lifetime lifetime_;
    MiningThreads miner_;
    CheckingPool pool_;  ///< ends before what it looks at
};

}  // namespace bezant::net
