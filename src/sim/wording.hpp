// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "sim/observer.hpp"

namespace bezant::sim {

// How the simulator writes things for people. Participants go by number; who knows their names may
// put those in the place of what called() writes.

/// "4.20 s".
[[nodiscard]] std::string seconds_text(Duration span);

/// The same, but below a tenth of a second "42.0 ms".
[[nodiscard]] std::string span_text(Duration span);
/// "participant 4".
[[nodiscard]] std::string called(ParticipantId who);
/// "nobody", "participant 4", "participants 1, 6 and 7"; only the first few if they are many.
[[nodiscard]] std::string called(std::span<const ParticipantId> them);
/// The text with hashes, keys and the like cut down to their first digits.
[[nodiscard]] std::string shortened(std::string_view text);
/// "1 block", "3 blocks".
[[nodiscard]] std::string counted(std::size_t count, const std::string& one);

}  // namespace bezant::sim
