// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.hpp"
#include "chain/fact_index.hpp"
#include "ledger/block.hpp"

namespace bezant {

class Turn;
struct BlockWish;
struct ParticipantState;

/// The block that this participant would mine now: on its tip, of its pool, signed by its key. It
/// lacks only its nonce.
[[nodiscard]] Block next_block(const ParticipantState& self, Time now, const BlockWish& wish);

/// The block being mined. Where work is sampled nobody searches, and there are no jobs: the block
/// is made at the moment in which it is granted.
class Miner {
public:
    [[nodiscard]] bool is_on() const { return on_; }

    void switch_to(Turn& turn, bool on);
    /// The tip moved: what was being mined is worth nothing, and a new job takes its place.
    void tip_moved(Turn& turn);
    /// New payments and the time may go into the block; asks to be woken again.
    void refresh(Turn& turn);

    /// A nonce for one of the last jobs on this tip; for any other it is too late, and nothing
    /// happens.
    void nonce_found(Turn& turn, std::uint64_t job, std::uint32_t nonce);
    /// This participant finds a block now.
    void block_granted(Turn& turn);

    [[nodiscard]] std::size_t memory_bytes() const;

private:
    struct Job {
        std::uint64_t number = 0;
        Block block;
    };

    void give_out_job(Turn& turn);
    void wake_later(Turn& turn);
    static void publish(Turn& turn, const Block& block);

    bool on_ = false;
    bool timing_ = false;  ///< a timer is running
    std::uint64_t next_job_ = 1;
    std::vector<Job> jobs_;  ///< the last ones on this tip, oldest first
};

}  // namespace bezant
