// SPDX-License-Identifier: Apache-2.0
// Stands before the C library (LD_PRELOAD) where a program writes files, and notes in the journal
// what it does to those that are watched. What gets by these functions (standard streams, shared
// memory maps), the test finds: then the journal does not account for what is there.
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <span>

#include "tests/power_cut/journal.hpp"

namespace {

using bezant::test::Journal;
using Kind = Journal::Kind;

std::string_view text(const void* bytes, std::size_t count) {
    return {static_cast<const char*>(bytes), count};
}

bool is_there(int directory, const char* path) {
    struct stat about{};
    const int kept = errno;
    const bool found = fstatat(directory, path, &about, AT_SYMLINK_NOFOLLOW) == 0;
    errno = kept;
    return found;
}

int open_and_note(int directory, const char* path, int flags, mode_t mode) {
    Journal& journal = Journal::of_process();
    const auto watched = journal.watched(directory, path);
    if (!watched) return static_cast<int>(syscall(SYS_openat, directory, path, flags, mode));
    const auto lock = journal.lock();
    const bool is_new = (flags & O_CREAT) != 0 && !is_there(directory, path);
    const auto file = static_cast<int>(syscall(SYS_openat, directory, path, flags, mode));
    if (file < 0) return file;
    journal.note_open(is_new ? Kind::created : Kind::opened, file, *watched);
    if ((flags & O_TRUNC) != 0) journal.note(Kind::resized, *journal.inode_of(file), 0, {});
    return file;
}

mode_t mode_of(int flags, va_list more) {
    const bool has_mode = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
    return has_mode ? va_arg(more, mode_t) : 0;
}

/// Whoever asks for each write to be on the disk when it returns has a sync with each.
void note_sync_of(Journal& journal, int file, std::uint64_t inode) {
    const int flags = fcntl(file, F_GETFL);
    if ((flags & O_DSYNC) != 0) journal.note(Kind::synced, inode, journal.entries(), {});
}

/// `write` gives what the system call gave; `place_of`, once it did, at which byte that began.
template <class Write, class PlaceOf>
ssize_t write_and_note(int file, Write write, PlaceOf place_of, std::string_view bytes) {
    Journal& journal = Journal::of_process();
    auto lock = journal.lock();
    const auto inode = journal.inode_of(file);
    // What is no file may have to wait for a reader.
    if (!inode) lock.unlock();
    const auto count = static_cast<ssize_t>(write());
    if (!inode || count <= 0) return count;
    const auto place = static_cast<std::uint64_t>(place_of(count));
    journal.note(Kind::written, *inode, place, bytes.substr(0, static_cast<std::size_t>(count)));
    note_sync_of(journal, file, *inode);
    return count;
}

/// Where a write at the file's own place began.
auto behind(int file) {
    return [file](ssize_t count) { return lseek(file, 0, SEEK_CUR) - count; };
}

int resize_and_note(int file, off_t size) {
    Journal& journal = Journal::of_process();
    const auto lock = journal.lock();
    const auto done = static_cast<int>(syscall(SYS_ftruncate, file, size));
    const auto inode = journal.inode_of(file);
    if (done == 0 && inode)
        journal.note(Kind::resized, *inode, static_cast<std::uint64_t>(size), {});
    return done;
}

/// Only what was written when it began is safe when it ends; others may go on meanwhile.
int sync_and_note(int file, long call) {
    Journal& journal = Journal::of_process();
    auto lock = journal.lock();
    const std::uint64_t covered = journal.entries();
    lock.unlock();
    const auto done = static_cast<int>(syscall(call, file));
    lock.lock();
    const auto inode = journal.inode_of(file);
    if (done == 0 && inode) journal.note(Kind::synced, *inode, covered, {});
    return done;
}

/// Changes names by `change`; notes it if it was done to what is watched.
template <class Change>
int change_and_note(Kind kind, int directory, const char* path, Change change) {
    Journal& journal = Journal::of_process();
    const auto watched = journal.watched(directory, path);
    const auto lock = journal.lock();
    const auto done = static_cast<int>(change());
    if (done == 0 && watched) journal.note(kind, 0, 0, *watched);
    return done;
}

template <class Change>
int change_and_note(Kind kind, int from_directory, const char* from, int to_directory,
                    const char* to, Change change) {
    Journal& journal = Journal::of_process();
    const auto old_path = journal.watched(from_directory, from);
    const auto new_path = journal.watched(to_directory, to);
    const auto lock = journal.lock();
    const auto done = static_cast<int>(change());
    if (done == 0 && (old_path || new_path))
        journal.note(kind, 0, 0, old_path.value_or(""), new_path.value_or(""));
    return done;
}

int rename_and_note(int from_directory, const char* from, int to_directory, const char* to,
                    unsigned flags) {
    return change_and_note(Kind::renamed, from_directory, from, to_directory, to, [&] {
        return syscall(SYS_renameat2, from_directory, from, to_directory, to, flags);
    });
}

int remove_and_note(int directory, const char* path, int flags) {
    return change_and_note(Kind::removed, directory, path,
                           [&] { return syscall(SYS_unlinkat, directory, path, flags); });
}

int make_folder_and_note(int directory, const char* path, mode_t mode) {
    return change_and_note(Kind::made_folder, directory, path,
                           [&] { return syscall(SYS_mkdirat, directory, path, mode); });
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = mode_of(flags, more);
    va_end(more);
    return open_and_note(AT_FDCWD, path, flags, mode);
}
int openat(int directory, const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = mode_of(flags, more);
    va_end(more);
    return open_and_note(directory, path, flags, mode);
}
int open64(const char* path, int flags, ...) __attribute__((alias("open")));
int openat64(int directory, const char* path, int flags, ...) __attribute__((alias("openat")));
int creat(const char* path, mode_t mode) {
    return open_and_note(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

/// The C library opens it by itself; nobody else knows the name before it has come back.
int mkostemp(char* path, int flags) {
    using Function = int (*)(char*, int);
    static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "mkostemp"));
    Journal& journal = Journal::of_process();
    const auto lock = journal.lock();
    const int file = real(path, flags);
    const auto watched = journal.watched(AT_FDCWD, path);
    if (file >= 0 && watched) journal.note_open(Kind::created, file, *watched);
    return file;
}

ssize_t write(int file, const void* bytes, std::size_t count) {
    return write_and_note(
        file, [&] { return syscall(SYS_write, file, bytes, count); }, behind(file),
        text(bytes, count));
}
ssize_t writev(int file, const iovec* pieces, int count) {
    std::string joined;
    for (const iovec& piece : std::span{pieces, static_cast<std::size_t>(count)})
        joined += text(piece.iov_base, piece.iov_len);
    return write_and_note(
        file, [&] { return syscall(SYS_writev, file, pieces, count); }, behind(file), joined);
}
ssize_t pwrite(int file, const void* bytes, std::size_t count, off_t place) {
    return write_and_note(
        file, [&] { return syscall(SYS_pwrite64, file, bytes, count, place); },
        [place](ssize_t) { return place; }, text(bytes, count));
}
ssize_t pwrite64(int file, const void* bytes, std::size_t count, off_t place)
    __attribute__((alias("pwrite")));

int ftruncate(int file, off_t size) noexcept { return resize_and_note(file, size); }
int ftruncate64(int file, off_t size) noexcept __attribute__((alias("ftruncate")));

int fsync(int file) { return sync_and_note(file, SYS_fsync); }
int fdatasync(int file) { return sync_and_note(file, SYS_fdatasync); }

int rename(const char* from, const char* to) noexcept {
    return rename_and_note(AT_FDCWD, from, AT_FDCWD, to, 0);
}
int renameat(int from_directory, const char* from, int to_directory, const char* to) noexcept {
    return rename_and_note(from_directory, from, to_directory, to, 0);
}
int renameat2(int from_directory, const char* from, int to_directory, const char* to,
              unsigned flags) noexcept {
    return rename_and_note(from_directory, from, to_directory, to, flags);
}
int link(const char* from, const char* to) noexcept {
    return change_and_note(Kind::linked, AT_FDCWD, from, AT_FDCWD, to,
                           [&] { return syscall(SYS_link, from, to); });
}
int unlink(const char* path) noexcept { return remove_and_note(AT_FDCWD, path, 0); }
int unlinkat(int directory, const char* path, int flags) noexcept {
    return remove_and_note(directory, path, flags);
}
int rmdir(const char* path) noexcept { return remove_and_note(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char* path) noexcept {
    const int done = remove_and_note(AT_FDCWD, path, 0);
    return done != 0 && errno == EISDIR ? rmdir(path) : done;
}

int mkdir(const char* path, mode_t mode) noexcept {
    return make_folder_and_note(AT_FDCWD, path, mode);
}
int mkdirat(int directory, const char* path, mode_t mode) noexcept {
    return make_folder_and_note(directory, path, mode);
}

}  // extern "C"
