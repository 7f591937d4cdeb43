// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "base/result.hpp"
#include "crypto/ed25519.hpp"
#include "net/start_error.hpp"

namespace bezant::net {

/// The seed of the key in this file (docs/formats.md, "Key file"). If there is none it is made,
/// with a key that nobody else has; it is on the disk when this returns.
[[nodiscard]] Result<SecretSeed, StartError> load_or_make_key(const std::filesystem::path& path);

}  // namespace bezant::net
