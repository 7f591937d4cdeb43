// SPDX-License-Identifier: Apache-2.0
#include "apps/service_manager.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/datagram_protocol.hpp>
#include <cstdlib>
#include <string>
#include <string_view>

namespace bezant::apps {

namespace {

using boost::asio::local::datagram_protocol;

constexpr std::string_view ready = "READY=1";
/// sockaddr_un(7): 108 bytes, one of them the end.
constexpr std::size_t path_bytes_max = 107;

}  // namespace

void say_ready() {
    const char* const given = std::getenv("NOTIFY_SOCKET");
    std::string path = given != nullptr ? given : "";
    if (path.empty() || path.size() > path_bytes_max) return;
    if (path.front() == '@') path.front() = '\0';  // a name that is not in the file system
    boost::asio::io_context loop;
    datagram_protocol::socket socket{loop};
    boost::system::error_code ignored;
    socket.open(datagram_protocol{}, ignored);
    socket.send_to(boost::asio::buffer(ready), datagram_protocol::endpoint{path}, 0, ignored);
}

}  // namespace bezant::apps
