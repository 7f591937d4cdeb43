// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "sim/attack.hpp"
#include "sim/world/core.hpp"
#include "sim/world/mining.hpp"

namespace bezant::sim {

/// Hears what participants do and say, as it happens.
class Listener {
public:
    Listener() = default;
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    virtual ~Listener() = default;

    virtual void noticed(ParticipantId who, const Notice& notice) = 0;
    /// A message reaches a participant, who has not looked at it yet.
    virtual void arrived(ParticipantId to, const Message& message) = 0;
    /// The participant has dealt with a message.
    virtual void delivered(ParticipantId from, ParticipantId to, const Message& message) = 0;
    /// The participant has dealt with an event.
    virtual void handled(ParticipantId who) = 0;
};

/// Drives whoever sits at the places: seats them, gives them their events in order, one at a time,
/// and carries out their effects.
class Driver {
public:
    Driver(Core& core, Mining& mining, Listener& listener);

    /// Who sits down, at the start and after restarts: an adversary, or nothing for an honest one.
    using Seating = std::function<std::unique_ptr<Actor>(Seat&)>;
    void set_seating(Seating seating) { seating_ = std::move(seating); }

    /// Brings a participant to life, with the blocks that his disk has kept.
    void seat(ParticipantId who);
    /// He is gone at once, with all that was not on disk; his neighbours notice.
    void crash(ParticipantId who);

    /// Whether a link may carry connections; barred by partitions and cuts, each counted.
    void bar(Connections::EdgeIndex edge);
    void unbar(Connections::EdgeIndex edge);
    /// Opens every connection that can be: link not barred, both ends alive, none open.
    void connect_all();

    /// Deals with an event that is a participant's.
    void give(const EventQueue<Happening>::Popped& popped);
    /// His last event has been dealt with; takes what waited.
    void go_on(ParticipantId who);
    void disk_synced(ParticipantId who, std::uint64_t life, std::size_t blocks);
    void try_again(Connections::EdgeIndex edge) { connect(edge); }
    void poke(ParticipantId who, std::uint64_t tag);

private:
    friend class TurnEffects;
    struct Sending {
        PeerId peer;
        Message message;
    };

    [[nodiscard]] bool is_still_meant(ParticipantId who, const EventOrder& order,
                                      const Happening& happening);
    void wake_when_free(ParticipantId who);
    void take_up(const EventQueue<Happening>::Popped& popped);
    void put_through_bytes(Event& event);
    void run(ParticipantId who, const std::function<void(Actor&, Time, Effects&)>& step);
    void hear_of_message(ParticipantId who, const Event& event);
    void send_all(ParticipantId who, Time leave, std::vector<Sending>& sendings);
    void connect(Connections::EdgeIndex edge);
    void cut(Connections::EdgeIndex edge);
    void tell_of_connection(Connections::End end, bool begins, bool outbound, Duration after);
    void drop(ParticipantId who, PeerId peer, Misconduct why);
    void store(ParticipantId who, BlockIndex block, Time at);

    Core& core_;
    Mining& mining_;
    Listener& listener_;
    Seating seating_;
    std::vector<std::uint32_t> bars_;  ///< by edge
    std::vector<Random> disk_randoms_;
    std::vector<std::uint32_t> lives_begun_;
};

}  // namespace bezant::sim
