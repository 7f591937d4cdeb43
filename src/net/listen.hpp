// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "node/network_address.hpp"

namespace bezant::net {

/// Listens for those who are to be served without encryption: other machines only if somebody said
/// so. Port 0 takes a free one. An error is a sentence that names the address.
[[nodiscard]] Result<std::unique_ptr<boost::asio::ip::tcp::acceptor>, std::string> listen_in_clear(
    boost::asio::io_context& loop, const NetworkAddress& address, bool allow_remote);

}  // namespace bezant::net
