// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "sim/observer.hpp"

namespace bezant::sim {

/// What happened in the course of an attack, for people: a sentence a step, with its moment.
class Story {
public:
    /// `at` counts from the start of the run. The sentence has no full stop.
    void tell(Duration at, const std::string& sentence);

    [[nodiscard]] const std::vector<std::string>& steps() const { return steps_; }

private:
    std::vector<std::string> steps_;
};

/// "4.20 s".
[[nodiscard]] std::string seconds_text(Duration span);
/// "participant 4".
[[nodiscard]] std::string called(ParticipantId who);
/// "nobody", "participant 4", "participants 1, 6 and 7"; only the first few if they are many.
[[nodiscard]] std::string called(std::span<const ParticipantId> them);
/// The text with hashes, keys and the like cut down to their first digits.
[[nodiscard]] std::string shortened(std::string_view text);
/// "1 block", "3 blocks".
[[nodiscard]] std::string counted(std::size_t count, const std::string& one);

}  // namespace bezant::sim
