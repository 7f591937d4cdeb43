// SPDX-License-Identifier: Apache-2.0
#include "net/node.hpp"

#include <spdlog/logger.h>

#include <utility>

#include "net/key_file.hpp"
#include "net/private_file.hpp"
#include "net/wall_clock.hpp"
#include "node/message_codec.hpp"

namespace bezant::net {

namespace {

constexpr Duration save_interval = seconds(900);
constexpr std::size_t usual_outbound_slots = 8;
constexpr std::size_t usual_inbound_slots = 117;

bool is_public(const Parameters& parameters) {
    return parameters.schedule == TargetSchedule::asert;
}

NetworkLimits limits_for(const NodeOptions& options) {
    NetworkLimits limits = options.limits;
    limits.connection.message_bytes_max = message_bytes_max(options.parameters);
    // Beyond the slots are those of whom it is not yet known who has to go, and those who are
    // leaving. They are more than may come from one group, else that keeps others out.
    limits.callers.inbound_max = options.participant.inbound_slots + limits.callers.handshakes_max;
    return limits;
}

std::filesystem::path store_folder(const NodeOptions& options) { return options.folder / "store"; }

DriverOptions driver_options(const NodeOptions& options, const Log& log) {
    DriverOptions chosen{.participant = options.participant,
                         .store_folder = store_folder(options).string(),
                         .hashes_per_second = options.hashes_per_second};
    if (options.record) {
        chosen.record = RecordOptions{
            .file = *options.record,
            .version = options.version,
            .failed = [&log](const auto& text) { log.of(LogCategory::node).error(text); }};
    }
    return chosen;
}

/// What no honest peer does by mistake, with any version and on any network.
bool deserves_ban(Misconduct why) {
    switch (why) {
        case Misconduct::malformed_message:
        case Misconduct::too_large_message:
        case Misconduct::invalid_header:
        case Misconduct::invalid_block:
        case Misconduct::invalid_payment:
        case Misconduct::flooding:
        case Misconduct::unrequested_data:
            return true;
        case Misconduct::unexpected_message:
        case Misconduct::unconnected_headers:
        case Misconduct::withheld_data:
        case Misconduct::silent:
        case Misconduct::wrong_network:
        case Misconduct::self:
        case Misconduct::no_longer_needed:
        case Misconduct::no_room:
            return false;
    }
    return false;
}

}  // namespace

ParticipantOptions usual_participant_options(const Parameters& parameters) {
    ParticipantOptions options;
    options.block_relay = BlockRelay::compact;
    options.outbound_slots = usual_outbound_slots;
    options.inbound_slots = usual_inbound_slots;
    options.address_realm =
        is_public(parameters) ? AddressRealm::internet : AddressRealm::private_network;
    return options;
}

std::uint16_t usual_port(const Parameters& parameters) {
    constexpr std::array<std::pair<std::string_view, std::uint16_t>, 4> ports{
        {{"main", 7'333}, {"test", 17'333}, {"local", 27'333}, {"classroom", 37'333}}};
    for (const auto& [name, port] : ports) {
        if (name == parameters.name) return port;
    }
    return ports.front().second;
}

Result<std::unique_ptr<Node>, StartError> Node::start(const boost::asio::any_io_executor& executor,
                                                      const NodeOptions& options, const Log& log,
                                                      std::function<void()> stopped) {
    // With the store's own folder: that it is there is on the disk before anything is in it.
    for (const auto& folder : {options.folder, store_folder(options)})
        if (auto made = make_private_folder(folder); !made) return unexpected{made.error()};
    const auto identity = load_or_make_key(options.folder / "identity.key");
    if (!identity) return unexpected{identity.error()};
    const auto miner = load_or_make_key(options.folder / "miner.key");
    if (!miner) return unexpected{miner.error()};
    auto driver = Driver::open(executor, options.parameters, SigningKey::from_seed(*miner),
                               driver_options(options, log));
    if (!driver) return unexpected{driver.error()};
    std::unique_ptr<Node> node{
        new Node{executor, options, log, *identity, *std::move(driver), std::move(stopped)}};
    if (auto begun = node->begin(options); !begun) return unexpected{begun.error()};
    return node;
}

Node::Node(const boost::asio::any_io_executor& executor, const NodeOptions& options, const Log& log,
           const SecretSeed& identity, std::unique_ptr<Driver> driver,
           std::function<void()> stopped)
    : executor_(executor),
      about_{.version = options.version,
             .data_folder = options.folder.string(),
             .identity = SigningKey::from_seed(identity).public_key(),
             .started_at = time_of_day(),
             .listens_at = {}},
      ban_length_(options.ban_length),
      stopped_(std::move(stopped)),
      tls_(identity, options.allowed_peers),
      driver_(std::move(driver)),
      bans_(driver_->database()),
      log_(log, driver_->archive()),
      network_(std::make_unique<Network>(executor, tls_, limits_for(options), *driver_, hooks())),
      saving_(executor) {}

Node::~Node() { close(); }

Result<void, StartError> Node::begin(const NodeOptions& options) {
    if (auto listening = network_->listen(options.listen_at); !listening) return listening;
    about_.listens_at = network_->listens_at();
    log_.started(about_, participant().chain().height());
    if (const Recorder* recorder = driver_->recorder()) log_.records(*recorder);
    driver_->add_listener(log_);
    if (options.index)
        index_.emplace(executor_, *driver_,
                       [this] { log_.indexed(*index_->ledger_index().height()); });
    if (options.wallet) {
        auto wallet = NodeWallet::open(executor_, *driver_, *options.wallet,
                                       [this](const WalletNotice& notice) { log_.warn(notice); });
        if (!wallet) return unexpected{wallet.error()};
        wallet_ = *std::move(wallet);
    }
    driver_->begin(*network_);
    for (const NetworkAddress& address : options.call) network_->keep_calling(address);
    if (options.mining_threads != 0) driver_->mine(options.mining_threads);
    save_again_later();
    return {};
}

Network::Hooks Node::hooks() {
    return {.admits = [this](const Host& host) { return !bans_.contains(host, now()); },
            .opened =
                [this](const PeerReport& peer) {
                    for (NodeListener* const listener : driver_->listeners())
                        listener->peer_connected(peer);
                },
            .closed =
                [this](const PeerReport& peer, std::string_view why) {
                    log_.closed(peer, why);
                    for (NodeListener* const listener : driver_->listeners())
                        listener->peer_gone(peer);
                },
            .dropped = [this](const PeerReport& peer, Misconduct why) { punish(peer, why); },
            .refused = [this](const NetworkAddress& address,
                              std::string_view why) { log_.refused(address, why); }};
}

/// Where hosts are shared by all neighbours, as on one machine, only the one connection ends.
void Node::punish(const PeerReport& peer, Misconduct why) {
    if (!deserves_ban(why) || reach_of(peer.address.host) != Reach::everybody) return;
    bans_.ban(peer.address.host, now(), ban_length_);
    log_.banned(peer, why);
}

Time Node::now() const { return time_of_day(); }

// What others see of the node is on its disk.
const Participant& Node::participant() const {
    driver_->settle();
    return driver_->participant();
}

const Archive& Node::archive() const {
    driver_->settle();
    return driver_->archive();
}

NodeWallet* Node::wallet() {
    driver_->settle();
    return wallet_.get();
}

const storage::LedgerIndex* Node::index() {
    driver_->settle();
    return index_ ? &index_->ledger_index() : nullptr;
}

void Node::keep_calling(const NetworkAddress& address) { network_->keep_calling(address); }
void Node::call_once(const NetworkAddress& address) { network_->call_once(address); }
bool Node::stop_calling(const NetworkAddress& address) { return network_->stop_calling(address); }
std::vector<NetworkAddress> Node::called() const { return network_->called(); }

bool Node::disconnect(PeerId peer) { return network_->hang_up(peer, "the operator hung up"); }

std::vector<BanReport> Node::bans() const { return bans_.all(now()); }

void Node::ban(const Host& host, Duration length) {
    bans_.ban(host, now(), length);
    network_->hang_up_on(host, "its host was banned");
}

bool Node::lift_ban(const Host& host) { return bans_.lift(host); }

void Node::save_again_later() {
    saving_.expires_after(real(save_interval));
    saving_.async_wait([this, alive = lifetime_.watch()](const auto& cancelled) {
        if (cancelled || !*alive) return;
        driver_->save_addresses();
        save_again_later();
    });
}

void Node::stop() {
    boost::asio::post(executor_, [this, alive = lifetime_.watch()] {
        if (!*alive) return;
        close();
        stopped_();
    });
}

void Node::close() {
    if (std::exchange(is_closed_, true)) return;
    driver_->mine(0);
    driver_->settle();
    driver_->save_addresses();
    network_->close();
    driver_->end_record();
    const Recorder* const recorder = driver_->recorder();
    if (recorder != nullptr && recorder->is_whole()) log_.recorded(*recorder);
    log_.stopped();
}

}  // namespace bezant::net
