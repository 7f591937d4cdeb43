// SPDX-License-Identifier: Apache-2.0
#include "net/driver.hpp"

#include <boost/asio/post.hpp>
#include <utility>

#include "base/check.hpp"
#include "net/entropy.hpp"
#include "net/wall_clock.hpp"
#include "node/message_codec.hpp"

namespace bezant::net {

namespace {

StartError store_error(const storage::OpenError& error) {
    return {.what = error.text, .advice = {}};
}

}  // namespace

Result<std::unique_ptr<Driver>, StartError> Driver::open(
    const boost::asio::any_io_executor& executor, const Parameters& parameters,
    const SigningKey& miner_key, DriverOptions options) {
    auto ledger = storage::StoredLedger::open(options.store_folder, parameters, options.database);
    if (!ledger) return unexpected{store_error(ledger.error())};
    std::unique_ptr<Driver> driver{
        new Driver{executor, parameters, std::move(options), *std::move(ledger)}};
    if (auto recalled = driver->recall(miner_key); !recalled) return unexpected{recalled.error()};
    return driver;
}

Driver::Driver(const boost::asio::any_io_executor& executor, const Parameters& parameters,
               DriverOptions options, std::unique_ptr<storage::StoredLedger> ledger)
    : executor_(executor),
      options_(std::move(options)),
      ledger_(std::move(ledger)),
      archive_(parameters, verifier_,
               {.stored = ledger_.get(),
                .secret = fresh_number(),
                .signatures_max = options_.signatures_max}),
      storage_(*ledger_, archive_),
      timers_(executor, [this](const Timer& timer) { handle(TimerFired{timer}); }),
      miner_([this](std::uint64_t job, std::uint32_t nonce) { nonce_found(job, nonce); },
             options_.hashes_per_second) {}

Driver::~Driver() { miner_.set_threads(0); }

Result<void, StartError> Driver::recall(const SigningKey& miner_key) {
    const auto stored = storage_.load();
    if (!stored) {
        return unexpected{store_error(
            storage::open_error(storage::OpenFault::damaged, options_.store_folder,
                                "lacks a block that others are built on: move it away and let the "
                                "node fetch the ledger again"))};
    }
    participant_.emplace(archive_, miner_key, options_.participant, Random{fresh_number()}, *stored,
                         remembered_peers());
    return {};
}

void Driver::begin(PeerLinks& links) {
    links_ = &links;
    handle(Started{});
}

RememberedPeers Driver::remembered_peers() const {
    const ParticipantOptions& options = options_.participant;
    if (const auto kept =
            ledger_->database().get(storage::Family::meta, storage::meta_addresses())) {
        auto peers = decode_address_book(*kept, options.address_book, options.address_realm);
        if (peers) return *std::move(peers);
    }
    AddressSecret secret;
    fill_with_entropy(secret.bytes);
    return {.book = AddressBook{secret, options.address_book, options.address_realm},
            .anchors = {}};
}

void Driver::save_addresses() {
    storage::Database::Batch batch{database()};
    batch.put(storage::Family::meta, storage::meta_addresses(),
              encode_address_book(participant_->addresses(), participant_->anchors()));
    if (!database().write(std::move(batch))) database().fail_to_write();
}

void Driver::handle(const Event& event) {
    CHECK(!handling_, "one event is handled after the other");
    handling_ = true;
    now_ = time_of_day();
    participant_->handle(event, now_, *this);
    if (!storage_.sync(participant_->chain().tip())) database().fail_to_write();
    participant_->forget_buried();
    handling_ = false;
}

MiningReport Driver::mining() const {
    return {.threads = miner_.threads(), .hashes_per_second = miner_.hashes_per_second()};
}

void Driver::mine(unsigned threads) {
    const bool was_on = miner_.threads() != 0;
    miner_.set_threads(threads);
    if (was_on != (threads != 0)) handle(MiningSwitched{.on = threads != 0});
}

/// Called by a mining thread.
void Driver::nonce_found(std::uint64_t job, std::uint32_t nonce) {
    boost::asio::post(executor_, [this, alive = lifetime_.watch(), job, nonce] {
        if (*alive) handle(NonceFound{.job = job, .nonce = nonce});
    });
}

void Driver::connected(const PeerConnected& event) { handle(event); }

void Driver::disconnected(PeerId peer) {
    timers_.forget(peer);
    handle(PeerDisconnected{peer});
}

void Driver::arrived(PeerId peer, ByteView message) {
    handle(MessageArrived{.peer = peer, .message = decode_message(message, archive_)});
}

void Driver::dial_failed(const NetworkAddress& address) { handle(DialFailed{address}); }

Bytes Driver::block_message(BlockIndex block) {
    archive_.load(block);
    return encode_message(BlockMessage{block}, archive_);
}

void Driver::send(PeerId peer, Message message) {
    if (const auto* block = std::get_if<BlockMessage>(&message))
        links_->send_block(peer, block->block);
    else
        links_->send(peer, encode_message(message, archive_));
}

void Driver::disconnect(PeerId peer, Misconduct why) {
    timers_.forget(peer);
    links_->disconnect(peer, why);
}

void Driver::set_timer(Timer timer, Time at) { timers_.set(timer, at - now_); }

void Driver::store(BlockIndex block) {
    CHECK(storage_.append(block), "what is appended is written at the end of the event");
}

void Driver::mine(const MiningJob& job) { miner_.work_on(job); }
void Driver::stop_mining() { miner_.rest(); }

/// Real work takes its own time.
void Driver::charge(Verification) {}

void Driver::notice(const Notice& notice) {
    for (NodeListener* const listener : listeners_) listener->noticed(notice, now_);
}

void Driver::dial(const NetworkAddress& address) { links_->dial(address); }

}  // namespace bezant::net
