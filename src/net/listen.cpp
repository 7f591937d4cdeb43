// SPDX-License-Identifier: Apache-2.0
#include "net/listen.hpp"

#include "net/endpoint.hpp"

namespace bezant::net {

using boost::asio::ip::tcp;

Result<std::unique_ptr<tcp::acceptor>, std::string> listen_in_clear(boost::asio::io_context& loop,
                                                                    const NetworkAddress& address,
                                                                    bool allow_remote) {
    const tcp::endpoint endpoint = endpoint_of(address);
    if (!endpoint.address().is_loopback() && !allow_remote)
        return unexpected{to_text(address) +
                          " is not loopback, and nobody said that others may call"};
    auto acceptor = std::make_unique<tcp::acceptor>(loop);
    boost::system::error_code error;
    const auto each = [&](auto step) {
        if (!error) step();
    };
    acceptor->open(endpoint.protocol(), error);
    each([&] { acceptor->set_option(tcp::acceptor::reuse_address(true), error); });
    each([&] { acceptor->bind(endpoint, error); });
    each([&] { acceptor->listen(tcp::acceptor::max_listen_connections, error); });
    if (error) return unexpected{"cannot listen at " + to_text(address) + ": " + error.message()};
    return acceptor;
}

}  // namespace bezant::net
