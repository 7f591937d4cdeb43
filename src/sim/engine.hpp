// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "chain/archive.hpp"
#include "sim/address_directory.hpp"
#include "sim/agreement.hpp"
#include "sim/connections.hpp"
#include "sim/digest.hpp"
#include "sim/engine_listener.hpp"
#include "sim/inbox.hpp"
#include "sim/keys.hpp"
#include "sim/mining.hpp"
#include "sim/neighbour.hpp"
#include "sim/scenario.hpp"
#include "sim/simulated_disk.hpp"
#include "sim/timeline.hpp"

namespace bezant::sim {

/// After a connection was given up for a reason that an honest neighbour can give, it is tried
/// again.
inline constexpr Duration reconnect_after = seconds(60);

/// How long a participant waits for an answer to its call; as a deployed one.
inline constexpr Duration call_time_max = seconds(5);

/// How often what a participant knows of others is written to its disk; as a deployed one.
inline constexpr Duration peers_kept_every = seconds(900);

/// Drives the participants of a world: gives each its events in order, and carries out the effects.
/// Knows links, lives, disks, clocks and miners; nothing of rounds, payments and faults, which
/// others bring about by what is offered here.
///
/// Connections are made where the graph has links. Where participants find each other
/// (DiscoverySettings), the graph says only whom each knows at first, and connections are made as
/// they call each other: any pair may have any number of them, over as many links, which are gone
/// when the pair has none left.
///
/// A participant handles one event at a time. Checking costs it virtual time (CostSettings), and so
/// does writing to its disk: what it sends afterwards leaves that much later, and events that come
/// meanwhile wait.
class Engine {
public:
    /// All must outlive the engine; the graph has a node for each participant.
    Engine(const Scenario& scenario, const Graph& graph, Archive& archive, const Keys& keys,
           EngineListener& listener);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // What is.

    [[nodiscard]] Timeline& timeline() { return timeline_; }
    [[nodiscard]] const Timeline& timeline() const { return timeline_; }
    [[nodiscard]] Archive& archive() const { return archive_; }
    [[nodiscard]] const Agreement& agreement() const { return agreement_; }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(places_.size()); }
    [[nodiscard]] bool is_running(ParticipantId who) const { return places_[who].actor != nullptr; }
    /// Nothing while it is crashed.
    [[nodiscard]] Actor* actor(ParticipantId who) const { return places_[who].actor.get(); }
    [[nodiscard]] const Participant* participant(ParticipantId who) const;
    [[nodiscard]] bool is_honest(ParticipantId who) const;
    [[nodiscard]] std::uint64_t events() const { return events_; }
    [[nodiscard]] std::string digest() const { return digest_.to_text(); }
    [[nodiscard]] bool is_mining() const { return mining_on_; }
    /// Nothing is under way that will change anything by itself: no message but pings and
    /// talk of addresses, no user's order, no event that waits for a busy participant.
    ///
    /// Where participants find each other, some are always calling others: there, that they come
    /// and go, and what they tell each other of a ledger that both know, is not counted
    /// (brings_news).
    [[nodiscard]] bool is_quiet() const { return awaited_ == 0; }
    /// Whether messages pass over this link, or will when it is tried again: both ends run, and it
    /// is neither cut, nor partitioned, nor refused for good by either.
    [[nodiscard]] bool is_sound(Connections::EdgeIndex edge) const;
    /// What keeps a link from being sound, in plain words.
    [[nodiscard]] std::string hindrance(Connections::EdgeIndex edge) const;
    /// Participants find each other themselves.
    [[nodiscard]] bool has_discovery() const { return scenario_.discovery.on; }
    /// Whether a partition lies between them.
    [[nodiscard]] bool is_apart(Edge pair) const;
    /// Whom a participant has open connections with, by their numbers.
    [[nodiscard]] std::vector<Neighbour> neighbours(ParticipantId who) const;
    [[nodiscard]] const NetworkAddress& address_of(ParticipantId who) const {
        return directory_.home(who);
    }
    /// Links that there are, used or not.
    [[nodiscard]] std::size_t link_count() const { return connections_.link_count(); }
    /// Grows whenever a link may have ceased to be sound.
    [[nodiscard]] std::uint64_t links_lost() const { return links_lost_; }

    // What is done to it. All of it happens by events, now or later.

    /// The participant comes to life, with what its disk has kept, and is connected to running
    /// neighbours.
    void start(ParticipantId who);
    /// The participant is gone, and with it what was under way to and from it.
    void crash(ParticipantId who);
    /// The same in good order: what it has given to its disk is safe.
    void leave(ParticipantId who);
    void set_skew(ParticipantId who, Duration skew) { places_[who].skew = skew; }
    /// Links between the two sides carry nothing until `heal`. `side` tells for each participant.
    void partition(const std::vector<bool>& side);
    void heal();
    /// Whether these two can have connections. A link that carries again lets its ends begin anew,
    /// even if one had refused the other for good: whoever calls may have another name.
    void set_cut(Edge pair, bool cut);
    void mend_all_links();
    /// The participant answers at this address, too.
    void claim(ParticipantId who, const NetworkAddress& address) { directory_.claim(who, address); }
    /// A participant's user tells it of these addresses.
    void introduce(ParticipantId who, std::vector<NetworkAddress> addresses);
    /// Everyone's miner, those who start later included.
    void switch_mining(bool on);
    void order(ParticipantId payer, const PayOrder& order, Time at);
    void submit(ParticipantId at_whom, TransactionIndex payment, Time at);
    void poke(ParticipantId who, std::uint64_t tag, Time at);
    void schedule_for_world(Time at, EventKind kind, std::uint64_t number);

    /// Lets the next event happen; there must be one.
    void step();

    /// Between two events: lets the archive forget what is settled on `block`, on which all that
    /// run must build (Agreement::common_ancestor), but for what they, or events to come, refer to.
    void forget_settled(BlockIndex block);

private:
    class EventEffects;

    struct Place {
        std::unique_ptr<Actor> actor;
        SimulatedDisk disk;
        Inbox inbox;
        Time busy_until;
        Duration skew{};
        std::uint32_t life = 0;
        Time peers_kept_at;
    };

    /// Why there is no connection over a link.
    struct LinkState {
        bool resting = false;                 ///< until it is tried again
        std::optional<ParticipantId> caller;  ///< of the last connection; nothing: the lower end
        /// For what it is refused for good, by the lower end, by the higher.
        std::array<std::optional<Misconduct>, 2> refused{};
    };

    /// Moves the event straight to its place in the queue.
    template <class Kind>
    void schedule_event(Time at, EventKind kind, ParticipantId to, ParticipantId from, Kind&& event,
                        std::uint64_t number) {
        Happening& happening = timeline_.schedule(at, kind, to, from);
        happening.event = std::forward<Kind>(event);
        happening.number = number;
        if (is_awaited(kind, number)) ++awaited_;
    }
    [[nodiscard]] bool is_awaited(EventKind kind, std::uint64_t number) const;
    /// Something of the ledger may follow from this message.
    [[nodiscard]] bool brings_news(ParticipantId from, ParticipantId to,
                                   const Message& message) const;
    [[nodiscard]] bool lacks_tip_of(ParticipantId who, ParticipantId other) const;
    void release(const Timeline::Queue::Popped& popped);

    // Events on their way to participants.
    void look_ahead() const;
    [[nodiscard]] const Timeline::Queue::Popped* peek_at_participants(std::size_t others) const;
    [[nodiscard]] std::optional<Connections::End> end_of(
        const Timeline::Queue::Popped& coming) const;
    void foresee(const Timeline::Queue::Popped& coming, Foresight step) const;
    void arrive(const Timeline::Queue::Popped& popped);
    [[nodiscard]] bool still_counts(const EventOrder& order, const Happening& happening);
    void handle(const Timeline::Queue::Popped& popped);
    void give(const EventOrder& order, Happening& happening);
    void take_from_inbox(ParticipantId who);
    void await_leisure(ParticipantId who);

    // Lives and links.
    void fill(ParticipantId who);
    void empty_inbox(ParticipantId who);
    void connect_if_possible(Connections::EdgeIndex edge);
    void disconnect(Connections::EdgeIndex edge);
    [[nodiscard]] bool may_meet(Edge pair) const;
    void give_up(Connections::End end, Misconduct why, Time leave);
    [[nodiscard]] bool may_connect(Connections::EdgeIndex edge) const;
    void note_tip(ParticipantId who);

    // Participants that find each other.
    void settle_in(ParticipantId who, Seat& seat);
    void introduce_acquaintances(ParticipantId who);
    void place_call(ParticipantId who, const NetworkAddress& address, Time at);
    void answer_call(ParticipantId caller, const NetworkAddress& address);
    void connect_call(Connections::EdgeIndex edge, ParticipantId caller,
                      const NetworkAddress& address);
    [[nodiscard]] LinkTraits traits_of(Edge pair) const;
    [[nodiscard]] Connections::EdgeIndex idle_link(Edge pair);
    void forget_links(Edge pair);
    void keep_peers(ParticipantId who);

    const Scenario& scenario_;
    const Graph& graph_;
    Archive& archive_;
    const Keys& keys_;
    EngineListener& listener_;
    Random random_;
    Random disk_random_;
    Timeline timeline_;
    Connections connections_;
    Agreement agreement_;
    RunDigest digest_;
    std::unique_ptr<Mining> mining_;
    std::vector<Place> places_;
    std::vector<LinkState> link_states_;
    std::set<Edge> cuts_;
    std::vector<std::vector<bool>> partitions_;  ///< the sides of each
    AddressDirectory directory_;
    std::uint64_t awaited_ = 0;
    std::uint64_t events_ = 0;
    std::uint64_t links_lost_ = 0;
    bool mining_on_ = false;
};

}  // namespace bezant::sim
