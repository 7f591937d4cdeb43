// SPDX-License-Identifier: Apache-2.0
#include "rpc/cookie.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include "base/hex.hpp"

namespace bezant::rpc {

namespace {

constexpr std::string_view user = "__cookie__:";
constexpr std::size_t cookie_bytes = user.size() + 64;

std::string system_error(std::string_view doing, const std::filesystem::path& path) {
    return fmt::format("cannot {} {}: {}", doing, path.string(), std::strerror(errno));
}

/// Makes a file that nobody else can open, at no moment; one that is there is replaced, not
/// followed.
Result<void, std::string> write_private(const std::filesystem::path& path, std::string_view text) {
    ::unlink(path.c_str());
    const int file =
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0) return unexpected{system_error("write", path)};
    const bool whole = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const bool closed = ::close(file) == 0;
    if (whole && closed) return {};
    return unexpected{system_error("write", path)};
}

}  // namespace

std::filesystem::path cookie_path(const std::filesystem::path& data_folder) {
    return data_folder / ".cookie";
}

Result<Cookie, std::string> Cookie::write(const std::filesystem::path& data_folder,
                                          const std::array<Byte, 32>& secret) {
    const std::filesystem::path path = cookie_path(data_folder);
    std::filesystem::path fresh = path;
    fresh += ".new";
    std::string text = std::string{user} + to_hex(secret);
    if (auto written = write_private(fresh, text); !written) return unexpected{written.error()};
    std::error_code error;
    std::filesystem::rename(fresh, path, error);
    if (error)
        return unexpected{fmt::format("cannot write {}: {}", path.string(), error.message())};
    return Cookie{path, std::move(text)};
}

Cookie::Cookie(std::filesystem::path path, std::string text)
    : path_(std::move(path)), text_(std::move(text)) {}

Cookie::Cookie(Cookie&& other) noexcept
    : path_(std::exchange(other.path_, {})), text_(std::move(other.text_)) {}

Cookie::~Cookie() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove(path_, ignored);
}

Result<std::string, std::string> read_cookie(const std::filesystem::path& data_folder) {
    const std::filesystem::path path = cookie_path(data_folder);
    errno = 0;
    std::ifstream file{path, std::ios::binary};
    if (!file) return unexpected{system_error("read", path)};
    std::string text(cookie_bytes, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.gcount() != static_cast<std::streamsize>(cookie_bytes) || !text.starts_with(user))
        return unexpected{fmt::format("{} is no cookie of a node", path.string())};
    return text;
}

}  // namespace bezant::rpc
