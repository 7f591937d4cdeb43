// SPDX-License-Identifier: Apache-2.0
#include "net/endpoint.hpp"

#include <algorithm>

namespace bezant::net {

using boost::asio::ip::address_v4;
using boost::asio::ip::address_v6;
using boost::asio::ip::tcp;

tcp::endpoint endpoint_of(const NetworkAddress& address) {
    const auto& bytes = address.host.bytes;
    if (is_ipv4(address.host)) {
        address_v4::bytes_type four{};
        std::copy(bytes.end() - 4, bytes.end(), four.begin());
        return {address_v4{four}, address.port};
    }
    address_v6::bytes_type sixteen{};
    std::ranges::copy(bytes, sixteen.begin());
    return {address_v6{sixteen}, address.port};
}

NetworkAddress address_of(const tcp::endpoint& endpoint) {
    NetworkAddress address{.host = {}, .port = endpoint.port()};
    if (endpoint.address().is_v4()) {
        const auto four = endpoint.address().to_v4().to_bytes();
        address.host = ipv4_host(four[0], four[1], four[2], four[3]);
    } else {
        std::ranges::copy(endpoint.address().to_v6().to_bytes(), address.host.bytes.begin());
    }
    return address;
}

}  // namespace bezant::net
