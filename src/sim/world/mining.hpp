// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "crypto/mining_kernel.hpp"
#include "node/effects.hpp"
#include "sim/world/core.hpp"

namespace bezant::sim {

/// Everybody's mining machines.
///
/// Searched: attempt i of a machine of rate h happens at i/h seconds after its job began, and is
/// really made, a slice at a time when virtual time comes to it, so that who wins does not depend
/// on the host. Sampled: the time to a machine's next block is drawn from the exponential law with
/// mean work/h. The law has no memory, so a draw stays good when the tip moves, and is made anew,
/// which changes nothing, where the work of the next block may have changed.
class Mining {
public:
    explicit Mining(Core& core);

    /// Switches a participant's machine, and tells him (a searching one waits for his first job).
    void switch_machine(ParticipantId who, bool on);
    void switch_all(bool on);
    [[nodiscard]] bool is_on(ParticipantId who) const { return machines_[who].on; }

    void new_job(ParticipantId who, const MiningJob& job, Time begins);
    void job_ended(ParticipantId who);
    /// His tip moved: the work of his next block may be another.
    void tip_moved(ParticipantId who);
    /// His machine stands still until he is switched on again, and what it found is lost.
    void crashed(ParticipantId who);

    void search_slice(ParticipantId who, std::uint64_t generation);
    /// Whether what was found or granted still counts; the machine goes on if it was granted.
    [[nodiscard]] bool takes(ParticipantId who, std::uint64_t generation);

private:
    struct Machine {
        std::uint64_t hash_rate = 0;  ///< a second
        bool on = false;
        std::uint64_t generation = 0;  ///< of jobs and draws: earlier ones no longer count
        std::uint64_t job = 0;
        std::unique_ptr<MiningWork> work;
        Time began;
        std::uint64_t attempts = 0;
    };

    [[nodiscard]] bool is_searched() const;
    [[nodiscard]] Duration time_of_attempts(const Machine& machine, std::uint64_t count) const;
    void schedule_slice(ParticipantId who);
    void draw(ParticipantId who);

    Core& core_;
    std::vector<Machine> machines_;
    std::vector<Random> randoms_;
};

}  // namespace bezant::sim
