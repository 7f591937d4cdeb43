// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/bytes.hpp"

namespace bezant {

/// The bits of the bytes, highest first, in groups of five, one a byte; the last group is filled up
/// with zero bits (BIP 173, "Segwit address format").
[[nodiscard]] Bytes to_five_bit_groups(ByteView bytes);

/// The other way. Nothing if the padding is not what to_five_bit_groups makes: five or more bits,
/// or a bit that is set. Each group must be below 32.
[[nodiscard]] std::optional<Bytes> from_five_bit_groups(ByteView groups);

}  // namespace bezant
