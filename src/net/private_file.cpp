// SPDX-License-Identifier: Apache-2.0
#include "net/private_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace bezant::net {

namespace {

constexpr mode_t of_others = S_IRWXG | S_IRWXO;

/// A file that is closed when this goes out of scope.
class File {
public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (is_open()) close(descriptor_);
    }

    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
    [[nodiscard]] bool is_private() const {
        struct stat about{};
        return fstat(descriptor_, &about) == 0 && (about.st_mode & of_others) == 0;
    }
    [[nodiscard]] bool write_all(ByteView bytes) const {
        while (!bytes.empty()) {
            const ssize_t count = write(descriptor_, bytes.data(), bytes.size());
            if (count < 0 && errno != EINTR) return false;
            if (count > 0) bytes = bytes.subspan(static_cast<std::size_t>(count));
        }
        return true;
    }
    /// Up to so many bytes; nothing if they cannot be read.
    [[nodiscard]] std::optional<SecretBuffer> read_up_to(std::size_t bytes_max) const {
        SecretBuffer bytes(bytes_max);
        std::size_t filled = 0;
        while (filled < bytes_max) {
            const ssize_t count = read(descriptor_, bytes.data() + filled, bytes_max - filled);
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return std::nullopt;
            if (count == 0) break;
            filled += static_cast<std::size_t>(count);
        }
        bytes.resize(filled);
        return bytes;
    }
    [[nodiscard]] bool sync() const { return fsync(descriptor_) == 0; }

private:
    int descriptor_;
};

StartError system_error(const std::filesystem::path& path, const char* doing) {
    return {
        .what = std::string{"cannot "} + doing + " " + path.string() + ": " + std::strerror(errno),
        .advice = "see to the folder's owner and to the disk, or choose another folder"};
}

StartError taken_error(const std::filesystem::path& path) {
    return {.what = path.string() + " is there already, and stays as it is",
            .advice = "choose another name"};
}

int open_to_read(const std::filesystem::path& path) {
    return open(path.c_str(), O_RDONLY | O_CLOEXEC);
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : ".";
}

/// That the folder has the names which it has survives the loss of power, too.
bool sync_folder(const std::filesystem::path& path) {
    const File folder{open_to_read(path)};
    return folder.is_open() && folder.sync();
}

}  // namespace

bool is_taken(const std::filesystem::path& path) {
    return faccessat(AT_FDCWD, path.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

Result<void, StartError> make_private_folder(const std::filesystem::path& folder) {
    std::error_code failure;
    const auto whole = std::filesystem::absolute(folder, failure).lexically_normal();
    // Somebody who was killed may have made it: its name may not be on the disk yet.
    if (std::filesystem::is_directory(folder, failure)) {
        (void)sync_folder(folder_of(whole));
        return {};
    }
    auto there = whole.parent_path();
    while (!there.empty() && !std::filesystem::exists(there, failure)) there = there.parent_path();
    std::filesystem::create_directories(whole.parent_path(), failure);
    if (mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST)
        return unexpected{system_error(folder, "make the folder")};
    for (auto parent = whole.parent_path();; parent = parent.parent_path()) {
        if (!sync_folder(parent)) return unexpected{system_error(folder, "make the folder")};
        if (parent == there) return {};
    }
}

Result<std::optional<SecretBuffer>, StartError> read_private_file(const std::filesystem::path& path,
                                                                  std::size_t bytes_max) {
    const File file{open_to_read(path)};
    if (!file.is_open() && errno == ENOENT) return std::nullopt;
    if (!file.is_open()) return unexpected{system_error(path, "read")};
    if (!file.is_private()) {
        return unexpected{StartError{.what = path.string() + " can be read by other users",
                                     .advice = "chmod 600 " + path.string()}};
    }
    auto bytes = file.read_up_to(bytes_max + 1);
    if (!bytes) return unexpected{system_error(path, "read")};
    if (bytes->size() > bytes_max) {
        return unexpected{
            StartError{.what = path.string() + " is too large to be what it should be",
                       .advice = "move it away"}};
    }
    return bytes;
}

Result<void, StartError> write_private_file(const std::filesystem::path& path, ByteView bytes,
                                            Existing existing) {
    // Asked for in time; whoever comes in between is found by the renaming.
    if (existing == Existing::keep && is_taken(path)) return unexpected{taken_error(path)};
    std::string fresh = path.string() + ".XXXXXX";
    const File file{mkostemp(fresh.data(), O_CLOEXEC)};  // mode 0600
    if (!file.is_open()) return unexpected{system_error(path, "write")};
    const unsigned flags = existing == Existing::keep ? RENAME_NOREPLACE : 0U;
    if (file.write_all(bytes) && file.sync() &&
        renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, path.c_str(), flags) == 0) {
        if (sync_folder(folder_of(path))) return {};
        return unexpected{system_error(path, "write")};
    }
    const StartError error = errno == EEXIST ? taken_error(path) : system_error(path, "write");
    (void)unlink(fresh.c_str());
    return unexpected{error};
}

class PrivateStream::Descriptor : public File {
    using File::File;
};

PrivateStream::PrivateStream(std::unique_ptr<Descriptor> file) : file_(std::move(file)) {}
PrivateStream::PrivateStream(PrivateStream&&) noexcept = default;
PrivateStream& PrivateStream::operator=(PrivateStream&&) noexcept = default;
PrivateStream::~PrivateStream() = default;

Result<PrivateStream, StartError> PrivateStream::make(const std::filesystem::path& path) {
    auto file = std::make_unique<Descriptor>(
        open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (file->is_open()) return PrivateStream{std::move(file)};
    return unexpected{errno == EEXIST ? taken_error(path) : system_error(path, "write")};
}

Result<void, std::string> PrivateStream::append(ByteView bytes) {
    if (file_->write_all(bytes)) return {};
    return unexpected{std::string{std::strerror(errno)}};
}

}  // namespace bezant::net
