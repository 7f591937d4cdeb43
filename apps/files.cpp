// SPDX-License-Identifier: Apache-2.0
#include "apps/files.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace bezant::apps {

namespace {

FileError system_error(const std::filesystem::path& path, std::string_view doing) {
    return {fmt::format("cannot {} {}: {}", doing, path.string(), std::strerror(errno)), false};
}

}  // namespace

Result<Bytes, FileError> read_file(const std::filesystem::path& path, std::size_t bytes_max) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
        return unexpected(FileError{fmt::format("cannot read {}: it is a folder", path.string())});
    }
    errno = 0;
    std::ifstream file{path, std::ios::binary};
    if (!file) return unexpected(system_error(path, "read"));
    Bytes bytes;
    Bytes chunk(std::size_t{1} << 16U);
    while (file) {
        file.read(reinterpret_cast<char*>(chunk.data()),
                  static_cast<std::streamsize>(chunk.size()));
        const auto count = static_cast<std::size_t>(file.gcount());
        if (bytes.size() + count > bytes_max) {
            return unexpected(FileError{
                fmt::format("{} is larger than {} bytes", path.string(), bytes_max), true});
        }
        bytes.insert(bytes.end(), chunk.begin(),
                     chunk.begin() + static_cast<std::ptrdiff_t>(count));
    }
    if (file.bad()) return unexpected(system_error(path, "read"));
    return bytes;
}

Result<void, FileError> write_file(const std::filesystem::path& path, ByteView bytes) {
    std::filesystem::path fresh = path;
    fresh += ".new";
    errno = 0;
    std::ofstream file{fresh, std::ios::binary | std::ios::trunc};
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) return unexpected(system_error(fresh, "write"));
    std::error_code error;
    std::filesystem::rename(fresh, path, error);
    if (error) {
        return unexpected(
            FileError{fmt::format("cannot write {}: {}", path.string(), error.message()), false});
    }
    return {};
}

}  // namespace bezant::apps
