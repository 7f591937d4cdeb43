// SPDX-License-Identifier: Apache-2.0
#include "tests/power_cut/journal.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>

namespace bezant::test {

namespace {

struct Head {
    std::uint32_t kind;
    std::uint32_t reserved;
    std::uint64_t inode;
    std::uint64_t place;
    std::uint32_t first_bytes;
    std::uint32_t second_bytes;
};
static_assert(sizeof(Head) == 32);

/// What a test relies on cannot be done: better no test than one that sees nothing.
[[noreturn]] void give_up(std::string_view why) {
    constexpr std::string_view who = "power_cut: ";
    (void)syscall(SYS_write, STDERR_FILENO, who.data(), who.size());
    (void)syscall(SYS_write, STDERR_FILENO, why.data(), why.size());
    (void)syscall(SYS_write, STDERR_FILENO, "\n", 1);
    std::abort();
}

std::filesystem::path variable(const char* name) {
    const char* const value = std::getenv(name);
    if (value == nullptr) give_up("BEZANT_DISK and BEZANT_DISK_JOURNAL are to be set");
    return value;
}

iovec piece(std::string_view text) { return {const_cast<char*>(text.data()), text.size()}; }

}  // namespace

Journal& Journal::of_process() {
    // Never destroyed: others close their files after that.
    static auto* const journal = new Journal;
    return *journal;
}

Journal::Journal() : folder_(variable("BEZANT_DISK").lexically_normal()) {
    file_ = static_cast<int>(syscall(SYS_openat, AT_FDCWD, variable("BEZANT_DISK_JOURNAL").c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600));
    if (file_ < 0) give_up("the journal cannot be written");
}

std::optional<std::string> Journal::watched(int directory, const char* path) const {
    std::filesystem::path whole = path;
    if (whole.is_relative() && directory != AT_FDCWD)
        whole = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(directory)) / whole;
    std::string normal = std::filesystem::absolute(whole).lexically_normal().string();
    if (normal.ends_with('/')) normal.pop_back();
    if (normal == folder_.string() || normal.starts_with(folder_.string() + '/')) return normal;
    return std::nullopt;
}

void Journal::note(Kind kind, std::uint64_t inode, std::uint64_t place, std::string_view first,
                   std::string_view second) {
    const Head head{.kind = static_cast<std::uint32_t>(kind),
                    .reserved = 0,
                    .inode = inode,
                    .place = place,
                    .first_bytes = static_cast<std::uint32_t>(first.size()),
                    .second_bytes = static_cast<std::uint32_t>(second.size())};
    const std::string_view head_bytes{reinterpret_cast<const char*>(&head), sizeof head};
    const std::array pieces{piece(head_bytes), piece(first), piece(second)};
    const long written = syscall(SYS_writev, file_, pieces.data(), pieces.size());
    if (written != static_cast<long>(sizeof head + first.size() + second.size()))
        give_up("the journal cannot be written");
    ++entries_;
}

void Journal::note_open(Kind kind, int descriptor, std::string_view path) {
    struct stat about{};
    if (fstat(descriptor, &about) != 0) give_up("a file cannot be looked at");
    inodes_.insert(about.st_ino);
    note(kind, about.st_ino, 0, path);
}

std::optional<std::uint64_t> Journal::inode_of(int descriptor) const {
    struct stat about{};
    if (fstat(descriptor, &about) != 0 || !inodes_.contains(about.st_ino)) return std::nullopt;
    return about.st_ino;
}

}  // namespace bezant::test
