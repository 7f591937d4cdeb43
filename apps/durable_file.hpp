// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "apps/failure.hpp"
#include "base/bytes.hpp"
#include "net/private_file.hpp"

namespace bezant::apps {

/// net::write_private_file, for commands.
[[nodiscard]] Outcome<void> write_durably(const std::filesystem::path& path, ByteView bytes,
                                          net::Existing existing);

}  // namespace bezant::apps
