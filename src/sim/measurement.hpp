// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "chain/archive.hpp"
#include "node/effects.hpp"
#include "sim/compact_counts.hpp"
#include "sim/quantiles.hpp"
#include "sim/summary.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

/// Counts what happens, and times how blocks spread. Who had a block when is kept until the block
/// is `buried_depth` below the best tip; then, if it is on that tip's chain, its times go into the
/// quantiles. So memory does not grow with participants times blocks.
class Measurement {
public:
    static constexpr std::uint32_t buried_depth = 100;

    Measurement(const Archive& archive, std::uint32_t participants)
        : archive_(archive), participants_(participants), compact_(archive) {}

    void arriving(ParticipantId from, ParticipantId to, const Message& message, std::size_t bytes);
    void noticed(ParticipantId who, const Notice& notice, Time at);

    [[nodiscard]] const BlockHistory* history(BlockIndex block) const;
    [[nodiscard]] std::uint64_t blocks_mined() const { return mined_; }
    /// Times to reach the blocks on this chain, of all that are measured so far.
    [[nodiscard]] Quantiles propagation(BlockIndex tip) const;
    [[nodiscard]] std::vector<Count> rejections() const { return counts_of(rejections_); }
    [[nodiscard]] std::vector<Count> dropped_peers() const { return counts_of(dropped_peers_); }
    [[nodiscard]] std::vector<Count> messages() const;
    [[nodiscard]] std::uint64_t message_bytes() const { return message_bytes_; }
    [[nodiscard]] const CompactBlocks& compact_blocks() const { return compact_.so_far(); }
    /// Whether a participant once refused this payment, or dropped it for another.
    [[nodiscard]] bool was_turned_down(TransactionIndex payment) const {
        return turned_down_.contains(payment.value);
    }

private:
    using Counts = std::map<std::string, std::uint64_t, std::less<>>;

    struct MessageCount {
        std::string_view name;
        std::uint64_t count = 0;
    };

    void mined(ParticipantId who, BlockIndex block, Time at);
    BlockCopy crossed(ParticipantId from, ParticipantId to, BlockIndex block);
    void took(ParticipantId who, BlockIndex block, Time at);
    void bury_below(BlockIndex tip);
    static void add_times(const BlockHistory& history, Quantiles& quantiles);
    static void add_one(Counts& counts, std::string_view name);
    [[nodiscard]] static std::vector<Count> counts_of(const Counts& counts);

    const Archive& archive_;
    std::uint32_t participants_;
    boost::unordered_flat_map<std::uint32_t, std::uint32_t> by_block_;  ///< into histories_
    std::deque<BlockHistory> histories_;                                ///< in order of mining
    std::vector<std::uint32_t> fresh_;  ///< histories whose times are still kept
    Height best_height_;
    Quantiles buried_;
    std::uint64_t mined_ = 0;
    std::array<MessageCount, std::variant_size_v<Message>> messages_{};
    std::uint64_t message_bytes_ = 0;
    CompactCounts compact_;
    Counts rejections_;
    Counts dropped_peers_;
    IndexSet turned_down_;
};

/// As a summary shows them.
[[nodiscard]] Summary::Propagation propagation_of(const Quantiles& times);

}  // namespace bezant::sim
