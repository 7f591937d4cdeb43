// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "ledger/parameters.hpp"
#include "node/effects.hpp"
#include "sim/hash_rate.hpp"
#include "sim/timeline.hpp"

namespace bezant::sim {

/// Who finds the next block, and when. Puts the events of finding onto the timeline; their number
/// tells those that still count from those that have been overtaken.
class Mining {
public:
    Mining() = default;
    Mining(const Mining&) = delete;
    Mining& operator=(const Mining&) = delete;
    virtual ~Mining() = default;

    /// A miner was switched on or off.
    virtual void switched(ParticipantId who, bool on) = 0;
    /// A miner searches this header from then on, and no other.
    virtual void work_on(ParticipantId who, const MiningJob& job, Time from) = 0;
    /// A miner does nothing any more.
    virtual void stop(ParticipantId who) = 0;
    /// The block that a miner works at must meet this target.
    virtual void retarget(ParticipantId who, CompactTarget target) = 0;
    /// The moment of a mining_slice.
    virtual void slice(ParticipantId who, std::uint64_t number) = 0;
    /// The moment of a nonce_found or block_granted: whether it still counts.
    [[nodiscard]] virtual bool claim(ParticipantId who, std::uint64_t number) = 0;
};

/// Real proof of work: every miner searches nonces (see NonceSearch).
class SearchedMining final : public Mining {
public:
    SearchedMining(Timeline& timeline, const std::vector<HashRate>& rates);
    ~SearchedMining() override;

    void switched(ParticipantId, bool) override {}
    void work_on(ParticipantId who, const MiningJob& job, Time from) override;
    void stop(ParticipantId who) override;
    void retarget(ParticipantId, CompactTarget) override {}
    void slice(ParticipantId who, std::uint64_t number) override;
    [[nodiscard]] bool claim(ParticipantId who, std::uint64_t number) override;

private:
    struct Miner;

    void await_slice(ParticipantId who);

    Timeline& timeline_;
    std::vector<Miner> miners_;
};

/// Sampled proof of work: a miner with rate h finds a block of difficulty d after a time drawn from
/// the exponential law with mean d / h, which is the limit of the search above.
///
/// The law has no memory: that nothing was found so far says nothing about the time to come. So a
/// draw stays good when the tip moves, and where the target changes, drawing anew from the new law
/// is exact.
class SampledMining final : public Mining {
public:
    SampledMining(Timeline& timeline, std::vector<HashRate> rates, CompactTarget target,
                  const Random& random);
    ~SampledMining() override;

    void switched(ParticipantId who, bool on) override;
    void work_on(ParticipantId, const MiningJob&, Time) override {}
    void stop(ParticipantId who) override { switched(who, false); }
    void retarget(ParticipantId who, CompactTarget target) override;
    void slice(ParticipantId, std::uint64_t) override {}
    [[nodiscard]] bool claim(ParticipantId who, std::uint64_t number) override;

private:
    struct Miner;

    void draw(ParticipantId who);

    Timeline& timeline_;
    std::vector<Miner> miners_;
};

/// Mean time that a miner with this rate takes for a block of this target.
[[nodiscard]] Duration mean_time_of_block(CompactTarget target, HashRate rate);

}  // namespace bezant::sim
