// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/relay/relay_summary.hpp"
#include "sim/summary.hpp"

namespace bezant::report {

enum class MeasureKind : std::uint8_t {
    number,
    proportion,  ///< true or false, as 1 or 0: its mean is a chance
    count,       ///< of a list of counts: 0 for a run that does not have it
};

/// A number that a run came to.
struct Measure {
    std::string name;  ///< "propagation.p50_ms"
    double value = 0;
    MeasureKind kind = MeasureKind::number;

    friend bool operator==(const Measure&, const Measure&) = default;
};

/// All numbers of the summary's JSON, under the names that lead to them (docs/sweeps.md), in the
/// order of the summary: whatever is added there is a measure at once.
[[nodiscard]] std::vector<Measure> measures_of(const sim::Summary& summary);
/// The same of blocks alone.
[[nodiscard]] std::vector<Measure> measures_of(const sim::RelaySummary& summary);

/// Whether there can be a measure of this name; if not, one that may have been meant, or nothing.
struct MeasureName {
    bool can_be = false;
    bool is_count = false;  ///< of a list of counts
    std::string suggestion;
};
[[nodiscard]] MeasureName look_up_measure(std::string_view name);

}  // namespace bezant::report
