// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/mixer.hpp"
#include "base/random.hpp"
#include "sim/quantiles.hpp"
#include "sim/radix_heap.hpp"
#include "sim/relay/relay_block.hpp"
#include "sim/relay/relay_event.hpp"
#include "sim/relay/relay_network.hpp"

namespace bezant::sim {

/// Watches blocks spread.
class RelayObserver {
public:
    RelayObserver() = default;
    RelayObserver(const RelayObserver&) = delete;
    RelayObserver& operator=(const RelayObserver&) = delete;
    virtual ~RelayObserver() = default;

    /// A participant has a block, and all before it.
    virtual void reached(RelayBlockIndex block, ParticipantId who, std::uint64_t at_us) = 0;
};

/// Participants who do nothing but relay blocks, as Participant does where nobody pays: whoever has
/// a new best block announces it to his neighbours; who hears of it first asks the announcer for it
/// and for what he lacks before it; of equal heights the first seen counts, and what is not the
/// best is not announced. A test holds both to the same moments for every participant and block,
/// as long as forks are not so deep that a participant names its new chain by the last header only.
///
/// What a participant knows is a few bytes a block under way, and no announcement is scheduled
/// behind one that comes before it. So a block costs each participant under a microsecond, where
/// Participant, which has a ledger to keep, takes tens of them.
class RelayEngine {
public:
    /// The network and the settings must outlive it.
    RelayEngine(const RelayNetwork& network, const RelaySettings& settings, const Random& random);

    /// The observer must outlive the engine.
    void watch(RelayObserver& observer) { observer_ = &observer; }

    /// Lets everything happen that comes before this moment, which must not be before the last one.
    void advance_to(std::uint64_t at_us);
    /// Lets everything happen that there is.
    void finish();
    /// Whether there may be one more block under way: there is a limit to how much faster they are
    /// found than they spread.
    [[nodiscard]] bool has_room() const {
        return !free_places_.empty() || relayed_.size() < RelayEvent::places_max;
    }
    /// Now, a participant finds a block of so many bytes on its best one; there must be
    /// room.
    RelayBlockIndex find_block(ParticipantId miner, std::uint32_t bytes);

    [[nodiscard]] std::uint64_t now_us() const { return now_us_; }
    [[nodiscard]] std::uint64_t events() const { return events_; }
    [[nodiscard]] std::span<const RelayBlock> blocks() const { return blocks_; }
    [[nodiscard]] RelayBlockIndex tip_of(ParticipantId who) const { return locals_[who].tip; }
    /// The best block that anyone has; of equal heights the one found first.
    [[nodiscard]] RelayBlockIndex best() const { return best_; }
    /// What a participant knows of a block that is under way.
    [[nodiscard]] BlockKnowledge knowledge(RelayBlockIndex block, ParticipantId who) const;

    /// Times from the finding of a block to each other participant's having it, of those blocks
    /// that everyone has on his chain, and are no longer under way.
    [[nodiscard]] const Quantiles& times() const { return times_; }
    /// Their sum.
    [[nodiscard]] std::uint64_t times_sum_us() const { return times_sum_us_; }

    [[nodiscard]] std::string digest() const { return digest_.to_text(); }

private:
    struct Local {
        std::uint64_t busy_until_us = 0;  ///< with uploading
        RelayBlockIndex tip = 0;
        std::uint32_t height = 0;  ///< the tip's
    };

    void handle(const RelayEvent& event);
    void schedule(std::uint64_t at_us, RelayEventKind kind, std::uint32_t place, ParticipantId to,
                  ParticipantId from);
    [[nodiscard]] std::uint64_t small_message_arrives(ParticipantId from, ParticipantId to);

    void hear(ParticipantId who, ParticipantId from, std::uint32_t place);
    void send_block(ParticipantId from, ParticipantId to, std::uint32_t place);
    void send_missing(ParticipantId from, ParticipantId to, std::uint32_t place);
    [[nodiscard]] std::uint64_t upload(ParticipantId from, ParticipantId to, std::uint64_t bytes);
    [[nodiscard]] std::uint64_t missing_bytes(ParticipantId who, std::uint64_t block_bytes);
    void receive_compact(ParticipantId who, ParticipantId from, std::uint32_t place);
    void receive(ParticipantId who, std::uint32_t place);
    void take(ParticipantId who, std::uint32_t place);
    void note_reached(ParticipantId who, RelayedBlock& relayed);
    void move_tip(ParticipantId who, RelayBlockIndex block);
    void announce(ParticipantId who, std::uint32_t place);
    void take_waiting(ParticipantId who, std::uint32_t parent_place);

    [[nodiscard]] std::uint32_t make_place();
    [[nodiscard]] RelayBlockIndex common_ancestor();
    [[nodiscard]] bool is_ancestor(RelayBlockIndex ancestor, RelayBlockIndex block) const;
    void retire_settled();
    void retire(std::uint32_t place, bool on_main_chain);

    const RelayNetwork& network_;
    RelayObserver* observer_ = nullptr;
    const RelaySettings& settings_;
    Random random_;
    RadixHeap<RelayEvent> queue_;
    std::uint64_t now_us_ = 0;
    std::uint64_t events_ = 0;

    std::vector<RelayBlock> blocks_;
    std::vector<RelayedBlock> relayed_;  ///< by place
    std::vector<std::uint32_t> free_places_;
    std::vector<std::uint32_t> used_places_;   ///< in the order in which their blocks were found
    std::vector<Local> locals_;                ///< by participant
    std::vector<RelayBlockIndex> tip_blocks_;  ///< that somebody has had for his tip lately
    RelayBlockIndex best_ = 0;

    Quantiles times_;
    std::uint64_t times_sum_us_ = 0;
    Mixer digest_;
};

}  // namespace bezant::sim
