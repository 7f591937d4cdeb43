// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace bezant::sim {

/// Who found the last block of a race, which decides whether there can be a tie.
enum class RaceFork : std::uint8_t {
    irrelevant,  ///< the secret miner himself
    relevant,    ///< others: who hears of his block in time may take it for the first
    active,      ///< there is a tie: some of the others mine on his block
};

/// How a miner who keeps blocks to himself stands against all others: what each side has on the
/// last block that both share.
struct RaceState {
    std::uint32_t ours = 0;
    std::uint32_t theirs = 0;
    RaceFork fork = RaceFork::irrelevant;

    friend bool operator==(const RaceState&, const RaceState&) = default;
};

/// What he can do (Sapirshtein, Sompolinsky, Zohar 2016, section 3).
enum class RaceAction : std::uint8_t {
    adopt,     ///< give up his blocks, and mine on theirs; if they have more
    overtake,  ///< show one block more than they have: theirs are lost; if he has more
    match,     ///< show as many as they have: a tie; if the fork is relevant, and he has as many
    wait,      ///< mine on his own, and show nothing
};

/// A secret miner's rule: a pure function of how the race stands.
class MiningStrategy {
public:
    MiningStrategy() = default;
    MiningStrategy(const MiningStrategy&) = delete;
    MiningStrategy& operator=(const MiningStrategy&) = delete;
    virtual ~MiningStrategy() = default;

    /// What to do when a block was found; possible in this state.
    [[nodiscard]] virtual RaceAction choose(const RaceState& state) const = 0;
};

/// Selfish mining (Eyal & Sirer 2014, algorithm 1), and where it may be more stubborn (Nayak,
/// Kumar, Miller, Shi 2016, section 4).
class SelfishStrategy final : public MiningStrategy {
public:
    struct Stubborn {
        /// Overtaken to within one block, he does not end the race by showing all that he has, but
        /// shows as many blocks as they have.
        bool in_lead = false;
        /// Finding the next block in a tie, he does not end the race, but keeps it.
        bool in_tie = false;
    };
    explicit SelfishStrategy(Stubborn stubborn) : stubborn_(stubborn) {}

    [[nodiscard]] RaceAction choose(const RaceState& state) const override;

private:
    Stubborn stubborn_;
};

}  // namespace bezant::sim
