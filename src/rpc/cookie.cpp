// SPDX-License-Identifier: Apache-2.0
#include "rpc/cookie.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/hex.hpp"
#include "net/private_file.hpp"

namespace bezant::rpc {

namespace {

constexpr std::string_view user = "__cookie__:";
constexpr std::size_t cookie_bytes = user.size() + 64;

}  // namespace

std::filesystem::path cookie_path(const std::filesystem::path& data_folder) {
    return data_folder / ".cookie";
}

Result<Cookie, std::string> Cookie::write(const std::filesystem::path& data_folder,
                                          const std::array<Byte, 32>& secret) {
    const std::filesystem::path path = cookie_path(data_folder);
    std::string text = fmt::format("{}{}", user, to_hex(secret));
    if (auto written = net::write_private_file(path, as_bytes(text)); !written)
        return unexpected{written.error().what};
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
    const auto bytes = net::read_private_file(path, cookie_bytes);
    if (!bytes) return unexpected{bytes.error().what};
    if (!*bytes) return unexpected{fmt::format("cannot read {}: No such file", path.string())};
    const std::string_view text = as_text(**bytes);
    if (text.size() != cookie_bytes || !text.starts_with(user))
        return unexpected{fmt::format("{} is no cookie of a node", path.string())};
    return std::string{text};
}

}  // namespace bezant::rpc
