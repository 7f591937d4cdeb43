// SPDX-License-Identifier: Apache-2.0
#include "net/driver.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <thread>
#include <utility>

#include "base/check.hpp"
#include "ledger/codec.hpp"
#include "net/entropy.hpp"
#include "net/spawn.hpp"
#include "net/wall_clock.hpp"
#include "node/message_codec.hpp"

namespace bezant::net {

namespace {

/// What is found out while catching up may wait so long for its write.
constexpr Duration unsynced_time_max = seconds(1);

/// One processor is the loop's, which helps.
unsigned usual_checking_threads() { return std::max(2U, std::thread::hardware_concurrency()) - 1; }

/// An empty book with a fresh secret, if none was kept or it is no good.
RememberedPeers remembered_peers(const storage::Database& database,
                                 const ParticipantOptions& options) {
    if (const auto kept = database.get(storage::Family::meta, storage::meta_addresses())) {
        auto peers = decode_address_book(*kept, options.address_book, options.address_realm);
        if (peers) return *std::move(peers);
    }
    AddressSecret secret;
    fill_with_entropy(secret.bytes);
    return {.book = AddressBook{secret, options.address_book, options.address_realm},
            .anchors = {}};
}

}  // namespace

Result<std::unique_ptr<Driver>, StartError> Driver::open(
    const boost::asio::any_io_executor& executor, const Parameters& parameters,
    const SigningKey& miner_key, DriverOptions options) {
    auto ledger = storage::StoredLedger::open(options.store_folder, parameters, options.database);
    if (!ledger) return unexpected{StartError{.what = ledger.error().text, .advice = {}}};
    std::unique_ptr<Driver> driver{new Driver{executor, parameters, std::move(options)}};
    if (auto alive = driver->come_to_life(*std::move(ledger), miner_key); !alive)
        return unexpected{alive.error()};
    return driver;
}

Driver::Driver(const boost::asio::any_io_executor& executor, const Parameters& parameters,
               DriverOptions options)
    : executor_(executor),
      parameters_(parameters),
      options_(std::move(options)),
      timers_(executor, [this](const Timer& timer) { handle(TimerFired{timer}); }),
      sync_timer_(executor),
      miner_([this](std::uint64_t job, std::uint32_t nonce) { nonce_found(job, nonce); },
             options_.hashes_per_second),
      pool_(parameters_, options_.checking_threads.value_or(usual_checking_threads())) {}

Driver::~Driver() { miner_.set_threads(0); }

Result<void, StartError> Driver::come_to_life(std::unique_ptr<storage::StoredLedger> ledger,
                                              const SigningKey& miner_key) {
    LifeStart start{.signer = std::make_unique<SigningKey>(miner_key),
                    .options = options_.participant,
                    .seed = fresh_number(),
                    .archive_secret = fresh_number(),
                    .checks = &pool_,
                    .peers = remembered_peers(ledger->database(), options_.participant)};
    if (options_.record) {
        auto recorder =
            Recorder::begin(*options_.record, start, parameters_, *ledger, time_of_day());
        if (!recorder) return unexpected{recorder.error()};
        recorder_ = *std::move(recorder);
        start.signer = recorder_->recorded(std::move(start.signer));
    }
    auto life = StoredParticipant::open(std::move(ledger), parameters_, std::move(start));
    if (!life) return unexpected{life.error()};
    life_ = *std::move(life);
    life_->when_settled([this] { tell_listeners(); });
    if (recorder_) recorder_->watch(*life_, *this);
    read_ahead_.emplace(executor_, archive(), pool_, read_ahead_hooks());
    return {};
}

ReadAhead::Hooks Driver::read_ahead_hooks() {
    return {
        .take = [this](PeerId peer, ByteView message) { take(peer, message); },
        .take_block = [this](PeerId peer, NewBlock block) { take_block(peer, std::move(block)); },
        .is_body_wanted = [this](BlockIndex block) { return is_body_wanted(block); },
        .find_coin = [this](const OutPoint& outpoint) { return find_coin(outpoint); }};
}

void Driver::begin(PeerLinks& links) {
    links_ = &links;
    handle(Started{});
}

void Driver::save_addresses() {
    storage::Database::Batch batch{database()};
    batch.put(storage::Family::meta, storage::meta_addresses(),
              encode_address_book(participant().addresses(), participant().anchors()));
    if (!database().write(std::move(batch))) database().fail_to_write();
}

void Driver::handle(const Event& event) {
    begin_event();
    if (recorder_) recorder_->event(event, now_);
    live(event);
}

void Driver::begin_event() {
    CHECK(!handling_, "one event is handled after the other");
    now_ = time_of_day();
}

void Driver::live(const Event& event) {
    handling_ = true;
    life_->handle(event, now_, effects());
    if (recorder_) recorder_->finished();
    handling_ = false;
    if (life_->is_unsynced()) settle_in_time();
}

void Driver::settle() {
    if (handling_ || !life_->is_unsynced()) return;
    if (recorder_) recorder_->stores();
    life_->settle();
}

/// Though nothing more may happen.
void Driver::settle_in_time() {
    if (std::exchange(will_settle_, true)) return;
    sync_timer_.expires_after(real(unsynced_time_max));
    sync_timer_.async_wait([this, alive = lifetime_.watch()](const auto& cancelled) {
        if (cancelled || !*alive) return;
        will_settle_ = false;
        settle();
    });
}

bool Driver::is_body_wanted(BlockIndex block) const {
    const LocalChain& chain = participant().chain();
    return chain.has_header(block) && !chain.has_body(block) && !chain.fault(block);
}

Effects& Driver::effects() {
    if (recorder_) return recorder_->effects();
    return *this;
}

void Driver::end_record() {
    if (recorder_) recorder_->end();
}

void Driver::load(BlockIndex block) {
    if (archive().is_loaded(block)) return;
    CHECK(!handling_, "facts are brought in between two events");
    if (recorder_) recorder_->loads(archive().blocks()[block].hash);
    life_->facts().load(block);
}

TransactionIndex Driver::add_transaction(Transaction transaction) {
    CHECK(!handling_, "facts are brought in between two events");
    if (recorder_) recorder_->adds(transaction);
    return life_->facts().add_transaction(std::move(transaction));
}

std::optional<CoinIndex> Driver::find_coin(const OutPoint& outpoint) {
    if (const auto known = archive().coins().find(outpoint)) return known;
    CHECK(!handling_, "facts are brought in between two events");
    if (recorder_) recorder_->seeks(outpoint);
    return life_->facts().find_coin(outpoint);
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
    read_ahead_->finish(peer);
    timers_.forget(peer);
    handle(PeerDisconnected{peer});
}

void Driver::arrived(PeerId peer, ByteView message) { read_ahead_->arrived(peer, message); }

void Driver::take(PeerId peer, ByteView message) {
    begin_event();
    if (recorder_) recorder_->arrived(peer, message, now_);
    live(MessageArrived{.peer = peer, .message = decode_message(message, life_->facts())});
}

/// A block that has come from somebody else meanwhile is read once more, as a replay will do.
void Driver::take_block(PeerId peer, NewBlock block) {
    const auto known = archive().blocks().find(block_hash(block.block->header));
    if (known && archive().has_body(*known))
        return take(peer, encode_block_message(encoded(*block.block)));
    handle(MessageArrived{.peer = peer, .message = std::move(block)});
}

void Driver::dial_failed(const NetworkAddress& address) { handle(DialFailed{address}); }

Bytes Driver::block_message(BlockIndex block) {
    settle();
    if (archive().is_loaded(block)) return encode_message(BlockMessage{block}, archive());
    const auto stored = ledger().block_bytes(archive().blocks()[block].hash);
    CHECK(stored, "a block that is served is in memory or on the disk");
    return encode_block_message(*stored);
}

void Driver::send(PeerId peer, Message message) {
    if (const auto* block = std::get_if<BlockMessage>(&message))
        links_->send_block(peer, block->block);
    else
        links_->send(peer, encode_message(message, archive()));
}

void Driver::disconnect(PeerId peer, Misconduct why) {
    timers_.forget(peer);
    links_->disconnect(peer, why);
}

void Driver::set_timer(Timer timer, Time at) { timers_.set(timer, at - now_); }

void Driver::store(BlockIndex block) { life_->store(block); }
void Driver::mine(const MiningJob& job) { miner_.work_on(job); }
void Driver::stop_mining() { miner_.rest(); }

/// Real work takes its own time.
void Driver::charge(Verification) {}

void Driver::notice(const Notice& notice) { notices_.keep(notice, now_); }

void Driver::tell_listeners() {
    notices_.tell([this](const Notice& notice, Time at) {
        for (NodeListener* const listener : listeners_) listener->noticed(notice, at);
    });
}

void Driver::dial(const NetworkAddress& address) { links_->dial(address); }

}  // namespace bezant::net
