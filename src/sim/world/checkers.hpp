// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chain/archive.hpp"
#include "chain/index_set.hpp"
#include "chain/tip_coins.hpp"
#include "node/participant.hpp"
#include "rules/signature_verifier.hpp"
#include "sim/observer.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

/// What a checker saw that must never be.
struct Alarm {
    std::string check;
    std::string detail;
};

/// Watch from outside, at every step, that the ledger keeps its promises. They trust nothing that
/// participants or the archive worked out: they keep a ledger of their own, in the classic form, on
/// one tip, moved from block to block by the rules, and compare.
class Checkers {
public:
    Checkers(const Archive& archive, std::uint32_t participants);

    /// Bytes of blocks and payments that reached or were made by a participant.
    void delivered(ParticipantId to, const Message& message);
    void made(ParticipantId who, BlockIndex block);
    /// He has come to life anew with these blocks on his disk.
    void restarted(ParticipantId who, std::span<const BlockIndex> stored);

    /// The participant moved along his chain: every block on it must be valid on its parent, spend
    /// nothing twice, conserve money, and have reached him.
    [[nodiscard]] std::optional<Alarm> tip_moved(ParticipantId who, const TipChange& change);
    /// His pool and his chain must go together.
    [[nodiscard]] std::optional<Alarm> pool_changed(const Participant& participant);
    /// The coins on a tip add up to what may exist there: the last word of a run.
    [[nodiscard]] std::optional<Alarm> supply(BlockIndex tip);

    [[nodiscard]] std::uint64_t steps() const { return steps_; }
    /// All money in coins after this tip, and how many they are; moves the ledger there.
    [[nodiscard]] Amount coins_at(BlockIndex tip);
    [[nodiscard]] std::size_t coin_count_at(BlockIndex tip);

private:
    struct Judged {
        BlockEffect effect;
        Amount supply;  ///< after the block, by our own count
    };

    [[nodiscard]] std::optional<Alarm> judge(BlockIndex block);
    [[nodiscard]] std::optional<Alarm> move_to(BlockIndex tip);
    void step_back();
    [[nodiscard]] std::optional<Alarm> step_forward(BlockIndex block);

    const Archive& archive_;
    DirectVerifier verifier_;
    TipCoins coins_;
    BlockIndex at_ = genesis_index;
    std::map<BlockIndex, Judged> judged_;
    std::vector<IndexSet> blocks_had_;  ///< by participant: whose bytes they got or made
    std::uint64_t steps_ = 0;
};

}  // namespace bezant::sim
