// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "sim/summary.hpp"
#include "sim/wording.hpp"

namespace bezant::sim {

/// What happened in the course of an attack, for people: a sentence a step, with its moment.
class Story {
public:
    /// `at` counts from the start of the run. The sentence has no full stop.
    void tell(Duration at, const std::string& sentence);

    [[nodiscard]] const std::vector<AttackOutcome::Step>& steps() const { return steps_; }

private:
    std::vector<AttackOutcome::Step> steps_;
};

}  // namespace bezant::sim
