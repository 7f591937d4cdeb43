// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/check.hpp"
#include "chain/archive.hpp"
#include "ledger/codec.hpp"
#include "node/participant.hpp"
#include "tests/support/block_builder.hpp"
#include "tests/support/keys.hpp"
#include "tests/support/recorded_effects.hpp"

namespace bezant::test {

/// A neighbour that a test plays by hand: what it says goes to the one participant that it is
/// connected to, what that one says to it is kept.
class Stranger {
public:
    /// All messages of one kind that it was sent, in order.
    template <class Kind>
    [[nodiscard]] std::vector<Kind> heard() const {
        std::vector<Kind> found;
        for (const Message& message : inbox) {
            if (const auto* kind = std::get_if<Kind>(&message)) found.push_back(*kind);
        }
        return found;
    }

    std::vector<Message> inbox;
    bool answers_pings = true;
    bool connected = true;
    std::size_t participant = 0;
    PeerId seen_as;  ///< its number among the participant's neighbours
};

/// Participants in one process under a virtual clock, on links that deliver in order after a fixed
/// or random delay. Each owns some coins in the genesis block, and blocks are granted, not
/// searched.
class TestNetwork {
public:
    struct Settings {
        std::size_t coins_each = 10;  ///< of 1 BZT
        ParticipantOptions options{};
        std::optional<BlockRelay> odd_relay{};  ///< of every second participant, if it is another
        ProofOfWork proof_of_work = ProofOfWork::sampled;
        std::uint64_t seed = 1;
        Duration delay = milliseconds(10);
        Duration jitter{};  ///< at most so much more
        /// What is different about this participant.
        std::function<void(std::size_t, ParticipantOptions&)> vary{};
    };

    explicit TestNetwork(std::size_t participants) : TestNetwork(participants, Settings{}) {}
    TestNetwork(std::size_t participants, Settings settings)
        : settings_(settings),
          random_(settings.seed),
          archive_(parameters_for(participants, settings), verifier_),
          now_(from_unix_seconds(archive_.parameters().genesis.header.time + 1'000)) {
        for (std::size_t i = 0; i < participants; ++i) {
            members_.push_back(std::make_unique<Member>(person(i)));
            members_.back()->options = settings.options;
            if (settings.vary) settings.vary(i, members_.back()->options);
            members_.back()->effects = std::make_unique<RecordedEffects>(archive_, actions_of(i));
            start(i);
        }
    }

    [[nodiscard]] const ParticipantOptions& options() const { return settings_.options; }
    /// What its draws follow from.
    [[nodiscard]] Random random_of(std::size_t i) const {
        return Random{settings_.seed}.stream("participant", i);
    }

    static Person person(std::size_t number) { return Person{"person " + std::to_string(number)}; }

    [[nodiscard]] Participant& operator[](std::size_t i) { return *members_[i]->participant; }
    [[nodiscard]] RecordedEffects& effects(std::size_t i) { return *members_[i]->effects; }
    [[nodiscard]] Archive& archive() { return archive_; }
    [[nodiscard]] Time now() const { return now_; }
    [[nodiscard]] std::size_t size() const { return members_.size(); }
    [[nodiscard]] BlockIndex tip(std::size_t i) { return (*this)[i].chain().tip(); }
    [[nodiscard]] bool agreed() {
        for (std::size_t i = 1; i < size(); ++i) {
            if (tip(i) != tip(0)) return false;
        }
        return true;
    }

    // What happens.
    void connect(std::size_t left, std::size_t right) {
        const auto link = std::make_shared<Link>();
        link->ends[0] = {.participant = left, .stranger = nullptr, .seen_as = next_peer()};
        link->ends[1] = {.participant = right, .stranger = nullptr, .seen_as = next_peer()};
        attach(link, 0, true, address_of(right));
        attach(link, 1, false, address_of(left));
    }
    /// Where others can call it, if its options say so.
    [[nodiscard]] std::optional<NetworkAddress> address_of(std::size_t i) const {
        return members_[i]->options.advertised_address;
    }
    void line() {
        for (std::size_t i = 1; i < size(); ++i) connect(i - 1, i);
    }
    void disconnect(std::size_t left, std::size_t right) {
        for (const auto& [peer, end] : std::map{members_[left]->ends}) {
            const LinkEnd& other = end.link->ends[1 - end.side];
            if (other.stranger == nullptr && other.participant == right) cut(end, nullptr);
        }
    }
    [[nodiscard]] bool are_connected(std::size_t left, std::size_t right) const {
        return std::ranges::any_of(members_[left]->ends, [&](const auto& named) {
            const LinkEnd& other = named.second.link->ends[1 - named.second.side];
            return !named.second.link->cut && other.stranger == nullptr &&
                   other.participant == right;
        });
    }
    /// Nothing is delivered between the two for so long; then all comes, in order.
    void stall(std::size_t left, std::size_t right, Duration span) {
        for (const auto& [peer, end] : members_[left]->ends) {
            if (end.link->ends[1 - end.side].participant != right) continue;
            for (Time& free_at : end.link->free_at) free_at = std::max(free_at, now_ + span);
        }
    }
    [[nodiscard]] bool is_running(std::size_t i) const {
        return members_[i]->participant != nullptr;
    }
    /// Somebody connects to the participant and says hello, unless told not to.
    std::shared_ptr<Stranger> stranger(std::size_t to, bool greets = true, Height height = {},
                                       std::optional<NetworkAddress> address = std::nullopt) {
        const auto link = std::make_shared<Link>();
        const auto stranger = std::make_shared<Stranger>();
        stranger->participant = to;
        stranger->seen_as = next_peer();
        link->ends[0] = {.participant = to, .stranger = nullptr, .seen_as = stranger->seen_as};
        link->ends[1] = {.participant = to, .stranger = stranger, .seen_as = {}};
        attach(link, 0, false, address);
        if (greets) says(*stranger, hello(height));
        return stranger;
    }
    /// Somebody whom participants can call at this address; he says nothing by himself.
    std::shared_ptr<Stranger> listener(const NetworkAddress& address) {
        listeners_[address] = std::make_shared<Stranger>();
        listeners_[address]->connected = false;
        return listeners_[address];
    }
    /// The stranger ends the connection.
    void hang_up(Stranger& stranger) {
        cut(End{members_[stranger.participant]->ends.at(stranger.seen_as)}, nullptr);
    }
    /// How often a participant has called this address.
    [[nodiscard]] std::size_t calls_to(const NetworkAddress& address) const {
        const auto found = calls_.find(address);
        return found == calls_.end() ? 0 : found->second;
    }
    [[nodiscard]] const std::map<NetworkAddress, std::size_t>& calls() const { return calls_; }
    /// When nobody answers, it takes so long to notice.
    static constexpr Duration dial_timeout = seconds(3);
    [[nodiscard]] Hello hello(Height height = {}, std::uint64_t nonce = 4711) const {
        return {.version = protocol_version,
                .genesis = archive_.parameters().genesis_hash,
                .nonce = nonce,
                .height = height};
    }
    /// The message arrives at once.
    void says(Stranger& stranger, Message message) {
        if (stranger.connected)
            happen(stranger.participant,
                   MessageArrived{.peer = stranger.seen_as, .message = std::move(message)});
    }
    BlockIndex mine(std::size_t miner) {
        happen(miner, BlockGranted{});
        return tip(miner);
    }
    std::uint64_t pay(std::size_t payer, const PublicKeyHash& to, Amount amount,
                      Amount fee = Amount{1'000}) {
        const std::uint64_t order = ++orders_;
        happen(payer, PaymentOrdered{{.order = order, .to = to, .amount = amount, .fee = fee}});
        return order;
    }
    /// A valid block of nobody here, which no participant knows of yet.
    BlockIndex block_on(BlockIndex parent, std::vector<Transaction> payments = {},
                        Amount fees = {}) {
        return add(unknown_block_on(parent, std::move(payments), fees));
    }
    [[nodiscard]] Block unknown_block_on(BlockIndex parent, std::vector<Transaction> payments = {},
                                         Amount fees = {}) {
        const BlockNode& node = archive_.blocks()[parent];
        return make_block({node.hash, next(node.height), node.header.time + ++children_[parent],
                           archive_.parameters().target_limit},
                          outsider_, std::move(payments), fees, archive_.parameters());
    }
    /// The block among the facts; its header alone would do for a test of headers.
    BlockIndex add(const Block& block) { return archive_.add_block(block).value(); }
    /// As many blocks, each on the one before.
    std::vector<BlockIndex> chain_on(BlockIndex parent, std::size_t count) {
        std::vector<BlockIndex> chain;
        for (; chain.size() < count; parent = chain.back()) chain.push_back(block_on(parent));
        return chain;
    }
    /// The coin of this number that the person owns in the genesis block.
    [[nodiscard]] Spend coin(std::size_t owner, std::size_t number) const {
        const auto index = static_cast<std::uint32_t>(owner * settings_.coins_each + number);
        return coin_of(archive_.parameters().genesis.transactions.front(), index,
                       members_[owner]->person);
    }
    /// A payment of one of the person's coins, less 1,000 units for the miner, to this owner.
    [[nodiscard]] Transaction payment(std::size_t owner, std::size_t number,
                                      const PublicKeyHash& to) const {
        return payment_of(coin(owner, number), to);
    }
    [[nodiscard]] Transaction payment_of(const Spend& spend, const PublicKeyHash& to) const {
        const Amount amount{spend.coin.amount.value - payment_fee.value};
        return make_payment(std::span{&spend, 1}, {{amount, to}}, archive_.parameters());
    }
    static constexpr Amount payment_fee{1'000};

    void happen(std::size_t to, const Event& event) {
        if (witness) witness(to, event, clock_of(to));
        if (members_[to]->participant) (*this)[to].handle(event, clock_of(to), effects(to));
    }
    /// Its memory is gone; what it stored is kept. Its neighbours notice.
    void crash(std::size_t i) {
        members_[i]->effects->job.reset();
        members_[i]->remembered = encode_address_book((*this)[i].addresses(), (*this)[i].anchors());
        for (const auto& [peer, end] : std::map{members_[i]->ends}) cut(end, members_[i].get());
        members_[i]->participant.reset();
        ++members_[i]->life;
    }
    void start(std::size_t i) {
        ParticipantOptions options = members_[i]->options;
        if (i % 2 == 1) options.block_relay = settings_.odd_relay.value_or(options.block_relay);
        members_[i]->participant = std::make_unique<Participant>(
            archive_, members_[i]->person.key, options, random_of(i), members_[i]->effects->stored,
            remembered_by(*members_[i]));
        happen(i, Started{});
    }
    void set_clock_ahead(std::size_t i, Duration skew) { members_[i]->skew = skew; }

    /// Every message for which this holds is lost, and all that follow on that connection are not.
    std::function<bool(std::size_t from, std::size_t to, const Message&)> loses;

    /// Sees every event before the participant does, with the time by its clock.
    std::function<void(std::size_t to, const Event& event, Time now)> witness;

    void run_for(Duration span) {
        const Time end = now_ + span;
        while (!queue_.empty() && queue_.begin()->first.first <= end) {
            now_ = queue_.begin()->first.first;
            const auto action = std::move(queue_.begin()->second);
            queue_.erase(queue_.begin());
            action();
        }
        now_ = end;
    }

private:
    struct Link;
    struct LinkEnd {
        std::size_t participant = 0;
        std::shared_ptr<Stranger> stranger;
        PeerId seen_as;  ///< what the participant at this end calls the other one
    };
    struct Link {
        LinkEnd ends[2];
        Time free_at[2];  ///< deliveries towards each end are in order
        bool cut = false;
    };
    struct End {
        std::shared_ptr<Link> link;
        std::size_t side = 0;
    };
    struct Member {
        explicit Member(Person who) : person(std::move(who)) {}

        Person person;
        std::unique_ptr<RecordedEffects> effects;
        std::unique_ptr<Participant> participant;
        std::map<PeerId, End> ends;
        ParticipantOptions options;
        Bytes remembered;  ///< its address book, as it was when it crashed
        Duration skew{};
        std::uint32_t life = 0;
    };

    static Parameters parameters_for(std::size_t participants, const Settings& settings) {
        std::vector<Output> allocation;
        for (std::size_t i = 0; i < participants; ++i) {
            for (std::size_t coin = 0; coin < settings.coins_each; ++coin)
                allocation.push_back({.amount = bezants(1), .owner = person(i).owner});
        }
        Parameters parameters = built_in_parameters("local", allocation).value();
        parameters.proof_of_work = settings.proof_of_work;
        parameters.coinbase_maturity = 2;
        return parameters;
    }

    PeerId next_peer() { return PeerId{++peers_}; }
    [[nodiscard]] Time clock_of(std::size_t i) const { return now_ + members_[i]->skew; }

    static std::optional<RememberedPeers> remembered_by(const Member& member) {
        if (member.remembered.empty()) return std::nullopt;
        return decode_address_book(member.remembered, member.options.address_book,
                                   member.options.address_realm)
            .value();
    }

    void attach(const std::shared_ptr<Link>& link, std::size_t side, bool outbound,
                std::optional<NetworkAddress> address) {
        const LinkEnd& end = link->ends[side];
        members_[end.participant]->ends[end.seen_as] = {link, side};
        happen(end.participant,
               PeerConnected{.peer = end.seen_as, .outbound = outbound, .address = address});
    }

    void dial(std::size_t from, const NetworkAddress& address) {
        ++calls_[address];
        const std::uint32_t life = members_[from]->life;
        const auto if_alive = [this, from, life](auto action) {
            return [this, from, life, action] {
                if (is_running(from) && members_[from]->life == life) action();
            };
        };
        after(settings_.delay, if_alive([this, from, address, if_alive] {
                  if (answers(from, address)) return;
                  after(dial_timeout,
                        if_alive([this, from, address] { happen(from, DialFailed{address}); }));
              }));
    }
    /// Whoever is at this address is connected.
    bool answers(std::size_t from, const NetworkAddress& address) {
        for (std::size_t i = 0; i < size(); ++i) {
            if (!is_running(i) || address_of(i) != address) continue;
            connect(from, i);
            return true;
        }
        const auto found = listeners_.find(address);
        if (found == listeners_.end() || found->second->connected) return false;
        const auto link = std::make_shared<Link>();
        Stranger& listener = *found->second;
        listener.participant = from;
        listener.seen_as = next_peer();
        listener.connected = true;
        link->ends[0] = {.participant = from, .stranger = nullptr, .seen_as = listener.seen_as};
        link->ends[1] = {.participant = from, .stranger = found->second, .seen_as = {}};
        attach(link, 0, true, address);
        return true;
    }

    /// Ends the connection; the participant `knowing` is not told.
    void cut(const End& cut_end, const Member* knowing) {
        const std::shared_ptr<Link> link = cut_end.link;
        if (link->cut) return;
        link->cut = true;
        for (const LinkEnd& end : link->ends) {
            if (end.stranger) {
                end.stranger->connected = false;
                continue;
            }
            Member* member = members_[end.participant].get();
            if (member == knowing) {
                member->ends.erase(end.seen_as);
                continue;
            }
            after(settings_.delay, [this, end] {
                members_[end.participant]->ends.erase(end.seen_as);
                happen(end.participant, PeerDisconnected{.peer = end.seen_as});
            });
        }
    }

    RecordedEffects::Actions actions_of(std::size_t i) {
        return {.send = [this, i](PeerId peer, const Message& message) { carry(i, peer, message); },
                .disconnect =
                    [this, i](PeerId peer) {
                        const auto found = members_[i]->ends.find(peer);
                        if (found != members_[i]->ends.end())
                            cut(End{found->second}, members_[i].get());
                    },
                .set_timer =
                    [this, i](Timer timer, Time at) {
                        const std::uint32_t life = members_[i]->life;
                        const Time when = std::max(now_, at - members_[i]->skew);
                        after(when - now_, [this, i, timer, life] {
                            if (members_[i]->life == life) happen(i, TimerFired{timer});
                        });
                    },
                .dial = [this, i](const NetworkAddress& address) { dial(i, address); }};
    }

    void carry(std::size_t from, PeerId peer, const Message& message) {
        const auto found = members_[from]->ends.find(peer);
        CHECK(found != members_[from]->ends.end(), "messages go to connected neighbours only");
        const End end = found->second;
        if (end.link->cut) return;  // it does not know yet
        const std::size_t side = 1 - end.side;
        const LinkEnd& to = end.link->ends[side];
        if (to.stranger) {
            to.stranger->inbox.push_back(message);
            if (const auto* ping = std::get_if<Ping>(&message);
                ping != nullptr && to.stranger->answers_pings)
                after(settings_.delay, [this, stranger = to.stranger, nonce = ping->nonce] {
                    says(*stranger, Pong{.nonce = nonce});
                });
            return;
        }
        if (loses && loses(from, to.participant, message)) return;
        const Duration jitter{random_.between(0, settings_.jitter.microseconds)};
        Time& free_at = end.link->free_at[side];
        free_at = std::max(free_at, now_ + settings_.delay + jitter);
        after(free_at - now_, [this, link = end.link, side, message] {
            if (link->cut) return;
            happen(link->ends[side].participant,
                   MessageArrived{.peer = link->ends[side].seen_as, .message = message});
        });
    }

    void after(Duration span, std::function<void()> action) {
        queue_.emplace(std::pair{now_ + span, ++sequence_}, std::move(action));
    }

    Settings settings_;
    Person outsider_{"outsider"};
    std::map<BlockIndex, std::uint32_t> children_;  ///< siblings differ by their times
    Random random_;
    DirectVerifier verifier_;
    Archive archive_;
    Time now_;
    std::vector<std::unique_ptr<Member>> members_;
    std::map<std::pair<Time, std::uint64_t>, std::function<void()>> queue_;
    std::uint64_t sequence_ = 0;
    std::uint64_t orders_ = 0;
    std::uint32_t peers_ = 0;
    std::map<NetworkAddress, std::shared_ptr<Stranger>> listeners_;
    std::map<NetworkAddress, std::size_t> calls_;
};

}  // namespace bezant::test
