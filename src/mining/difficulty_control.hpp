// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/time.hpp"
#include "mining/share_difficulty.hpp"

namespace bezant::mining {

/// Chooses how hard one program's shares are, so that one comes every few seconds: enough to count
/// its work by, and few enough to read. Doubles or halves, several times at once if need be.
class DifficultyControl {
public:
    /// The span between shares that is aimed at.
    static constexpr Duration share_interval = seconds(5);
    /// So many shares are enough to judge by, and so long a time is, however few came.
    static constexpr std::int64_t shares_enough = 40;
    static constexpr Duration time_enough = seconds(20);

    /// What a program begins with: some ten million hashes, which one processor makes in a second.
    static ShareDifficulty usual_start() { return ShareDifficulty::of_exponent(-8); }

    explicit DifficultyControl(Time now, ShareDifficulty start = usual_start())
        : current_(start), since_(now) {}

    [[nodiscard]] ShareDifficulty current() const { return current_; }
    void count_share() { ++shares_; }
    /// Whether enough shares came, and so fast, that it should rise now, as far as it can.
    [[nodiscard]] bool is_flooded(Time now) const;
    /// Chooses anew by the shares that came since it was chosen last, if there is enough to judge
    /// by. It never rises above `highest`.
    void adjust(Time now, ShareDifficulty highest);

private:
    ShareDifficulty current_;
    bool is_highest_ = false;  ///< it can rise no more
    Time since_;
    std::int64_t shares_ = 0;
};

}  // namespace bezant::mining
