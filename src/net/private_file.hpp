// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "crypto/secret.hpp"
#include "net/start_error.hpp"

namespace bezant::net {

/// A folder that nobody but this user may enter; made if it does not exist, parents too.
[[nodiscard]] Result<void, StartError> make_private_folder(const std::filesystem::path& folder);

/// The bytes of a file of at most `bytes_max`; nothing if there is no such file. One that others
/// may read is refused, for it was to be a secret.
[[nodiscard]] Result<std::optional<SecretBuffer>, StartError> read_private_file(
    const std::filesystem::path& path, std::size_t bytes_max);

/// What may happen to a file of that name which is there already.
enum class Existing : std::uint8_t { replace, keep };

/// Writes a file that nobody but this user may read. When this returns well it is on the disk,
/// whole: a new file beside it is written through and then takes the name. Else there is what there
/// was before. With `keep`, a name that is taken is refused, whoever took it and when.
[[nodiscard]] Result<void, StartError> write_private_file(const std::filesystem::path& path,
                                                          ByteView bytes,
                                                          Existing existing = Existing::replace);

}  // namespace bezant::net
