// SPDX-License-Identifier: Apache-2.0
#include "base/check.hpp"
#include "sim/mining.hpp"

namespace bezant::sim {

struct SampledMining::Miner {
    HashRate rate;
    CompactTarget target;
    Random random;
    bool on = false;
    std::uint64_t draw_number = 0;  ///< earlier draws come to nothing
};

Duration mean_time_of_block(CompactTarget target, HashRate rate) {
    const auto number = target_from_compact(target);
    CHECK(number, "a miner's target is well-formed");
    const Uint256 hashes = work_of_target(*number);
    constexpr unsigned bits_max = 64;
    return time_of_hashes(hashes.bit_length() > bits_max ? UINT64_MAX : hashes.low64(), rate);
}

SampledMining::SampledMining(Timeline& timeline, std::vector<HashRate> rates, CompactTarget target,
                             const Random& random)
    : timeline_(timeline) {
    for (ParticipantId who = 0; who < rates.size(); ++who) {
        miners_.push_back(
            {.rate = rates[who], .target = target, .random = random.stream("mining", who)});
    }
}

SampledMining::~SampledMining() = default;

void SampledMining::switched(ParticipantId who, bool on) {
    Miner& miner = miners_[who];
    if (miner.on == on || miner.rate.per_million_seconds == 0) return;
    miner.on = on;
    draw(who);
}

void SampledMining::retarget(ParticipantId who, CompactTarget target) {
    Miner& miner = miners_[who];
    if (miner.target == target) return;
    miner.target = target;
    draw(who);
}

bool SampledMining::claim(ParticipantId who, std::uint64_t number) {
    if (number != miners_[who].draw_number) return false;
    draw(who);
    return true;
}

/// Draws the time to this miner's next block; whatever was drawn before does not count any more.
void SampledMining::draw(ParticipantId who) {
    Miner& miner = miners_[who];
    ++miner.draw_number;
    if (!miner.on) return;
    const Duration wait = miner.random.exponential(mean_time_of_block(miner.target, miner.rate));
    Happening& event =
        timeline_.schedule(timeline_.now() + wait, EventKind::block_granted, who, who);
    event.event = BlockGranted{};
    event.number = miner.draw_number;
}

}  // namespace bezant::sim
