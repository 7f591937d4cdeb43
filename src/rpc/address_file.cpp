// SPDX-License-Identifier: Apache-2.0
#include "rpc/address_file.hpp"

#include <utility>

#include "net/private_file.hpp"

namespace bezant::rpc {

namespace {

constexpr std::size_t file_bytes_max = 100;

std::filesystem::path path_in(const std::filesystem::path& data_folder) {
    return data_folder / "rpc.address";
}

}  // namespace

Result<AddressFile, net::StartError> AddressFile::write(const std::filesystem::path& data_folder,
                                                        const NetworkAddress& address) {
    const std::filesystem::path path = path_in(data_folder);
    if (auto written = net::write_private_file(path, as_bytes(to_text(address) + "\n")); !written)
        return unexpected{written.error()};
    return AddressFile{path};
}

std::optional<NetworkAddress> AddressFile::read(const std::filesystem::path& data_folder) {
    const auto bytes = net::read_private_file(path_in(data_folder), file_bytes_max);
    if (!bytes || !*bytes) return std::nullopt;
    std::string_view text = as_text(**bytes);
    if (text.ends_with('\n')) text.remove_suffix(1);
    const auto address = network_address_from_text(text);
    return address ? std::optional{*address} : std::nullopt;
}

AddressFile::AddressFile(AddressFile&& other) noexcept : path_(std::exchange(other.path_, {})) {}

AddressFile::~AddressFile() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove(path_, ignored);
}

}  // namespace bezant::rpc
