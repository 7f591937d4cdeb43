// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "crypto/ed25519.hpp"
#include "sim/attacks/deceiver.hpp"
#include "sim/attacks/inflate.hpp"

namespace bezant::sim {

/// What the greedy miner claims beyond subsidy and fees.
inline constexpr Amount greed = bezants(1'000);

/// The actor of the inflate attack. While the plan is greedy he changes each block before it is
/// mined; what he finds then he tells his neighbours of himself, for his own participant would
/// refuse it.
class GreedyMiner final : public Deceiver {
public:
    GreedyMiner(const Seat& seat, Inflate::Plan& plan);

protected:
    void live(const Event& event, Time now, Effects& effects) override;

private:
    class Effects;
    struct Job {
        std::uint64_t number = 0;
        Block block;
    };

    [[nodiscard]] Block greedy_block(Time now);
    void found(std::uint64_t job, std::uint32_t nonce, Time now, bezant::Effects& effects);
    void publish(const Block& block, bezant::Effects& effects);

    Inflate::Plan& plan_;
    Archive& archive_;
    SigningKey key_;
    std::vector<Job> jobs_;  ///< the greedy ones given out on this tip
};

}  // namespace bezant::sim
