// SPDX-License-Identifier: Apache-2.0
#include "apps/progress_line.hpp"

#include <fmt/format.h>

namespace bezant::apps {

void ProgressLine::delivered(const sim::ObservedWorld& /*world*/, sim::ParticipantId /*from*/,
                             sim::ParticipantId /*to*/, const Message& /*message*/) {
    moved();
}

void ProgressLine::moved() {
    if (++moves_ % moves_between_looks_ == 0 && line_.is_due()) line_.show(text());
}

std::string ProgressLine::text() const {
    const auto [share, elapsed, events] = progress_();
    const double seconds = line_.seconds();
    const std::string left =
        share > 0.01 ? fmt::format(", {:.0f} s left", seconds * (1.0 - share) / share) : "";
    return fmt::format("{:3.0f} %  {:.0f} s of virtual time, {:.0f} thousand events a second{}",
                       share * 100.0, static_cast<double>(elapsed.microseconds) / 1e6,
                       static_cast<double>(events) / seconds / 1e3, left);
}

void ProgressLine::finished(const sim::ObservedWorld& /*world*/) { clear(); }

void ProgressLine::clear() { line_.clear(); }

}  // namespace bezant::apps
