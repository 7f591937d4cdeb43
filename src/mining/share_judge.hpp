// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "mining/difficulty_control.hpp"
#include "mining/stratum_desk.hpp"
#include "mining/stratum_message.hpp"

namespace bezant::mining {

/// Bytes of the extranonce that tell programs apart, and that a program rolls: the last ones.
inline constexpr std::size_t program_bytes = 4;
inline constexpr std::size_t rolled_bytes = 8;

/// What a program found.
struct Share {
    std::uint64_t job = 0;
    std::array<Byte, rolled_bytes> rolled{};
    std::uint32_t time = 0;
    std::uint32_t nonce = 0;

    friend auto operator<=>(const Share&, const Share&) = default;
};

struct ShareRefusal {
    StratumError error{};
    std::string_view why;
    ShareOutcome outcome{};
};

/// Gives one program its jobs, and judges what it finds.
class ShareJudge {
public:
    using ProgramExtranonce = std::array<Byte, program_bytes>;

    /// The desk must outlive it. No other program has this extranonce.
    ShareJudge(StratumDesk& desk, const ProgramExtranonce& program);

    /// The lines by which the program is given this work. `clean`: what it had is worth nothing any
    /// more.
    [[nodiscard]] std::string give(const WorkDesk::Given& given, bool clean);

    /// Counts the share for the worker, and hands the block in, if it makes one; or says why not.
    Result<void, ShareRefusal> judge(const Share& share, const std::string& worker);

    /// Whether shares come so fast that the program should be given a job, with which they get
    /// harder.
    [[nodiscard]] bool is_flooded() const;

private:
    struct Job {
        std::uint64_t number = 0;  ///< among this program's
        std::uint64_t work = 0;    ///< on the desk
        ShareDifficulty difficulty;
    };

    [[nodiscard]] Result<void, ShareRefusal> check_time(const BlockWork& work,
                                                        std::uint32_t time) const;
    [[nodiscard]] Solution solution_of(const Share& share) const;
    void choose_difficulty(const BlockWork& work);
    void remember(const Share& share);
    void forget_oldest_work();

    StratumDesk& desk_;
    ProgramExtranonce program_;
    DifficultyControl control_;
    std::optional<ShareDifficulty> told_;  ///< the difficulty that the program knows of
    std::uint64_t next_job_ = 1;
    std::deque<Job> jobs_;    ///< oldest first
    std::set<Share> shares_;  ///< accepted ones, by the number of the work and not of the job
};

}  // namespace bezant::mining
