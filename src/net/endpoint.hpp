// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include "node/network_address.hpp"

namespace bezant::net {

/// The same place, as Boost.Asio names it, and back. An IPv4 address that came in over a socket for
/// IPv6 is an IPv4 address.
[[nodiscard]] boost::asio::ip::tcp::endpoint endpoint_of(const NetworkAddress& address);
[[nodiscard]] NetworkAddress address_of(const boost::asio::ip::tcp::endpoint& endpoint);

}  // namespace bezant::net
