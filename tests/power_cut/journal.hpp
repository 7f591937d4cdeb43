// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace bezant::test {

/// What a process does to the files of one folder, in order, in a file beside it: so a test can say
/// afterwards what a disk would hold if power had failed (tests/functional/power_cut.py reads it).
/// An entry is written after what it tells of was done. `lock` is held from before until after, so
/// at most one deed of a process that is killed is not in its journal.
///
/// Each entry is a head of 32 bytes (kind, nothing, inode, place, length of the first and of the
/// second text, of 4, 4, 8, 8, 4 and 4 bytes, as this machine writes them), and the two texts.
class Journal {
public:
    enum class Kind : std::uint32_t {
        opened,       ///< inode; first: the path of a file or folder that is there
        created,      ///< the same, of a file that is new
        written,      ///< inode; place: at which byte; first: what
        resized,      ///< inode; place: how long it is now
        synced,       ///< inode; place: how many entries there were when it began
        renamed,      ///< first: the old path; second: the new one
        linked,       ///< the same
        removed,      ///< first: the path of a file or folder
        made_folder,  ///< first: its path
    };

    /// That of this process: BEZANT_DISK names the folder, BEZANT_DISK_JOURNAL the file.
    static Journal& of_process();

    /// To be held while something is done and noted.
    [[nodiscard]] std::unique_lock<std::mutex> lock() { return std::unique_lock{mutex_}; }

    /// The path from the root, if it is in the folder. `directory` is that of openat.
    [[nodiscard]] std::optional<std::string> watched(int directory, const char* path) const;

    // Under the lock.
    void note(Kind kind, std::uint64_t inode, std::uint64_t place, std::string_view first,
              std::string_view second = {});
    /// The file or folder behind a descriptor is one of those that are watched from now on.
    void note_open(Kind kind, int descriptor, std::string_view path);
    /// The inode, if it is.
    [[nodiscard]] std::optional<std::uint64_t> inode_of(int descriptor) const;
    [[nodiscard]] std::uint64_t entries() const { return entries_; }

private:
    Journal();

    std::mutex mutex_;
    std::filesystem::path folder_;
    int file_ = -1;
    std::uint64_t entries_ = 0;
    std::set<ino_t> inodes_;
};

}  // namespace bezant::test
