// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "sim/attacks/mining_strategy.hpp"
#include "sim/attacks/secret_miner.hpp"

namespace bezant::sim {

/// A miner who shows his blocks when it suits him: what he does when somebody has found one, a
/// strategy says. The race is read off the two chains, real blocks with real work, each time.
class StrategicMiner final : public SecretMiner {
public:
    /// Told of each decision; `shown` is the last of his blocks that others may now have.
    using Witness = std::function<void(const RaceState&, RaceAction, BlockIndex shown)>;

    /// The strategy must outlive the actor.
    StrategicMiner(const Seat& seat, const MiningStrategy& strategy, Witness witness)
        : SecretMiner(seat), strategy_(strategy), witness_(std::move(witness)) {}

    void handle(const Event& event, Time now, Effects& effects) override;

private:
    [[nodiscard]] RaceState race() const;
    void decide(Time now, Effects& effects);
    void act(RaceAction action, const RaceState& state, Time now, Effects& effects);
    void end_race(Time now, Effects& effects);

    const MiningStrategy& strategy_;
    Witness witness_;
    RaceFork fork_ = RaceFork::irrelevant;
    BlockIndex ours_ = no_block;    ///< as of the last decision
    BlockIndex theirs_ = no_block;  ///< the same
    bool adopting_ = false;         ///< until the public chain's bodies are here
};

}  // namespace bezant::sim
