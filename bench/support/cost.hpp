// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <ctime>

namespace bezant::bench {

/// What something took.
struct Cost {
    double seconds = 0;
    double processor_seconds = 0;  ///< of all threads of this program together
};

/// Measures from when it is made.
class Stopwatch {
public:
    [[nodiscard]] Cost cost() const {
        return {
            .seconds = std::chrono::duration<double>(Clock::now() - began_).count(),
            .processor_seconds = static_cast<double>(std::clock() - began_at_) / CLOCKS_PER_SEC};
    }

private:
    using Clock = std::chrono::steady_clock;

    Clock::time_point began_ = Clock::now();
    std::clock_t began_at_ = std::clock();
};

}  // namespace bezant::bench
