// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "chain/archive.hpp"
#include "sim/observer.hpp"
#include "sim/quantiles.hpp"
#include "sim/summary.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

/// Counts what happens, and remembers how each block spread.
class Measurement {
public:
    Measurement(const Archive& archive, std::uint32_t participants)
        : archive_(archive), participants_(participants) {}

    void noticed(ParticipantId who, const Notice& notice, Time now);
    /// A block's bytes reached a participant over this link.
    void delivered(ParticipantId from, ParticipantId to, const Message& message, std::size_t bytes);

    [[nodiscard]] const BlockHistory* history(BlockIndex block) const;
    [[nodiscard]] std::uint64_t payments_made() const { return payments_made_.size(); }
    [[nodiscard]] std::uint64_t orders_failed() const { return orders_failed_; }

    /// Fills in what is counted here; the tip is that of the main chain.
    void summarise(Summary& summary, BlockIndex tip,
                   const std::vector<const Participant*>& honest) const;

private:
    BlockHistory& history_of(BlockIndex block);
    void mined(ParticipantId who, BlockIndex block, Time now);
    void reached(ParticipantId who, BlockIndex block, Time now);
    void retire_oldest(BlockIndex newest);
    void add_delays(Quantiles& delays, const BlockHistory& history) const;
    void summarise_blocks(Summary& summary, BlockIndex tip) const;
    void summarise_payments(Summary& summary, BlockIndex tip,
                            const std::vector<const Participant*>& honest) const;
    void summarise_propagation(Summary& summary, BlockIndex tip) const;

    const Archive& archive_;
    std::uint32_t participants_;
    /// Who had which block when, for the last so many only: memory must not grow with participants
    /// times blocks.
    static constexpr std::size_t detailed_histories_max = 256;

    std::map<BlockIndex, BlockHistory> histories_;
    std::map<BlockIndex, BlockHistory>::iterator oldest_detailed_ = histories_.end();
    std::size_t detailed_ = 0;
    Quantiles retired_delays_;
    std::uint64_t mined_ = 0;
    std::vector<TransactionIndex> payments_made_;
    std::uint64_t orders_failed_ = 0;
    std::map<std::string_view, std::uint64_t> rejections_;
    std::map<std::string_view, std::uint64_t> dropped_peers_;
    struct MessageCount {
        std::string_view name;
        std::uint64_t count = 0;
    };
    std::array<MessageCount, std::variant_size_v<Message>> messages_;  ///< by kind
    std::uint64_t message_bytes_ = 0;
};

}  // namespace bezant::sim
