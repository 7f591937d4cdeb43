// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace bezant::rpc {

/// Where a node's cookie lies in its data folder.
[[nodiscard]] std::filesystem::path cookie_path(const std::filesystem::path& data_folder);

/// A file by which programs of the same user prove to a node that they may call it, as bitcoind's:
/// "__cookie__:" and hexadecimal digits. It can be read by its owner only, appears whole or not at
/// all, and goes with this object.
class Cookie {
public:
    /// `secret` has been drawn from the system's random device. An error is a sentence that names
    /// the file.
    [[nodiscard]] static Result<Cookie, std::string> write(const std::filesystem::path& data_folder,
                                                           const std::array<Byte, 32>& secret);
    Cookie(const Cookie&) = delete;
    Cookie& operator=(const Cookie&) = delete;
    Cookie(Cookie&& other) noexcept;
    Cookie& operator=(Cookie&&) = delete;
    ~Cookie();

    /// What the file says; never to be logged.
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    Cookie(std::filesystem::path path, std::string text);

    std::filesystem::path path_;
    std::string text_;
};

/// What the cookie file in this data folder says. An error is a sentence that names the file.
[[nodiscard]] Result<std::string, std::string> read_cookie(
    const std::filesystem::path& data_folder);

}  // namespace bezant::rpc
