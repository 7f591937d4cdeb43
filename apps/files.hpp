// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace bezant::apps {

/// Why a file could not be read or written, as a sentence that names it.
struct FileError {
    std::string what;
    bool too_large = false;
};

/// All bytes of a file of at most `bytes_max`.
[[nodiscard]] Result<Bytes, FileError> read_file(const std::filesystem::path& path,
                                                 std::size_t bytes_max);

/// Writes the bytes to a new file beside the old one and then takes its place, so that nobody sees
/// half a file.
[[nodiscard]] Result<void, FileError> write_file(const std::filesystem::path& path, ByteView bytes);

}  // namespace bezant::apps
