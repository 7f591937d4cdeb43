// SPDX-License-Identifier: Apache-2.0
#include "apps/durable_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "apps/descriptor.hpp"

namespace bezant::apps {

namespace {

unexpected<Failure> not_written(const std::filesystem::path& path, int reason) {
    if (reason == EEXIST) {
        return unexpected{Failure{
            ExitCode::input, fmt::format("{} is there already, and stays as it is", path.string()),
            "choose another name"}};
    }
    return unexpected{Failure{
        ExitCode::environment,
        fmt::format("cannot write {}: {}", path.string(), std::strerror(reason)),
        "nothing has changed; see to the folder, who may write there, and the space on the disk"}};
}

bool write_all(int file, ByteView bytes) {
    while (!bytes.empty()) {
        const auto count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return true;
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : ".";
}

/// That the folder has the name survives the loss of power, too.
bool sync_folder(const std::filesystem::path& folder) {
    const Descriptor opened{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    return opened.is_open() && ::fsync(opened.number()) == 0;
}

}  // namespace

Outcome<void> write_durably(const std::filesystem::path& path, ByteView bytes, Existing existing) {
    // Asked for in time; whoever comes in between is found by the renaming.
    if (existing == Existing::keep &&
        ::faccessat(AT_FDCWD, path.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0)
        return not_written(path, EEXIST);
    std::string fresh = path.string() + ".XXXXXX";
    const Descriptor file{::mkostemp(fresh.data(), O_CLOEXEC)};  // mode 0600
    if (!file.is_open()) return not_written(path, errno);
    const unsigned flags = existing == Existing::keep ? RENAME_NOREPLACE : 0U;
    if (write_all(file.number(), bytes) && ::fsync(file.number()) == 0 &&
        ::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, path.c_str(), flags) == 0) {
        if (sync_folder(folder_of(path))) return {};
        return not_written(path, errno);
    }
    const int reason = errno;
    (void)::unlink(fresh.c_str());
    return not_written(path, reason);
}

}  // namespace bezant::apps
