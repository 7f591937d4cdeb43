// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>

#include "apps/failure.hpp"
#include "base/bytes.hpp"

namespace bezant::apps {

/// What may happen to a file of that name which is there already.
enum class Existing : std::uint8_t { keep, replace };

/// Writes a file that only its owner may read, so that it is on the disk, whole, or not there at
/// all: a new file beside it is written through to the disk and then takes the name. With `keep`,
/// a name that is taken is refused, whoever took it and when.
[[nodiscard]] Outcome<void> write_durably(const std::filesystem::path& path, ByteView bytes,
                                          Existing existing);

}  // namespace bezant::apps
