// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "mining/share_difficulty.hpp"

namespace bezant::mining {

/// What became of a share.
enum class ShareOutcome : std::uint8_t {
    accepted,
    stale,      ///< for a job that is worth nothing any more
    duplicate,  ///< it had come before
    low,        ///< its hash is above the share's target
    malformed,
};
[[nodiscard]] std::string_view to_text(ShareOutcome outcome);
inline constexpr std::size_t share_outcomes = 5;

/// The shares of one worker since the node was started.
struct WorkerCounts {
    std::array<std::uint64_t, share_outcomes> shares{};  ///< by outcome
    std::uint64_t blocks = 0;      ///< of its shares, those that became the tip
    double hashes = 0;             ///< that accepted shares take, as one expects
    double hashes_per_second = 0;  ///< at the time of the last accepted share, by the last minutes
    std::optional<Time> last_share_at{};  ///< the last accepted one

    [[nodiscard]] std::uint64_t of(ShareOutcome outcome) const {
        return shares[static_cast<std::size_t>(outcome)];
    }
};

/// Who mines for the node by Stratum, and what came of it. Bounded: workers beyond workers_max
/// count as one, named "others".
class WorkerBook {
public:
    void count(const std::string& worker, ShareOutcome outcome);
    void count_accepted(const std::string& worker, ShareDifficulty difficulty, Time now);
    void count_block(const std::string& worker);

    [[nodiscard]] const std::map<std::string, WorkerCounts>& workers() const { return workers_; }
    /// A worker's hashes a second of now: the estimate fades when no shares come.
    [[nodiscard]] static double hashes_per_second(const WorkerCounts& worker, Time now);

    /// Programs that are connected.
    std::size_t clients = 0;

private:
    WorkerCounts& counts_of(const std::string& worker);

    std::map<std::string, WorkerCounts> workers_;
};

}  // namespace bezant::mining
