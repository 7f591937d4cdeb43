// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>

#include "base/result.hpp"
#include "net/start_error.hpp"
#include "node/network_address.hpp"

namespace bezant::rpc {

/// A file in a node's folder that says where it answers calls, so that `bezant rpc` finds a node by
/// its folder alone. It goes with this object.
class AddressFile {
public:
    [[nodiscard]] static Result<AddressFile, net::StartError> write(
        const std::filesystem::path& data_folder, const NetworkAddress& address);
    /// Nothing if no node answers calls from this folder.
    [[nodiscard]] static std::optional<NetworkAddress> read(
        const std::filesystem::path& data_folder);

    AddressFile(AddressFile&& other) noexcept;
    AddressFile& operator=(AddressFile&&) = delete;
    ~AddressFile();

private:
    explicit AddressFile(std::filesystem::path path) : path_(std::move(path)) {}

    std::filesystem::path path_;
};

}  // namespace bezant::rpc
