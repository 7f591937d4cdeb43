// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/bytes.hpp"

namespace bezant::apps {

/// Fills the bytes with what the system's random device gives, fit for keys. Waits until it is
/// seeded, which it is soon after the machine has started.
void fill_with_random(std::span<Byte> bytes);

template <class Fixed>
[[nodiscard]] Fixed random_bytes() {
    Fixed fixed;
    fill_with_random(fixed.bytes);
    return fixed;
}

}  // namespace bezant::apps
