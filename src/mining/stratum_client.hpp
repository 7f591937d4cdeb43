// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "mining/stratum_session.hpp"

namespace bezant::mining {

/// The connection of one mining program. One half reads and answers, the other writes; it lives as
/// long as one of them does.
class StratumClient : public std::enable_shared_from_this<StratumClient> {
public:
    using Socket = boost::asio::ip::tcp::socket;

    struct Waits {
        Duration introduction;
        Duration silence;
    };

    StratumClient(Socket socket, StratumDesk& desk, std::uint32_t number, Waits waits);

    /// Serves the program until one of the two has enough. After `hang_up` the desk is touched no
    /// more.
    [[nodiscard]] boost::asio::awaitable<void> run();

    /// Gives it this work, if it is one that can use it.
    void give(const WorkDesk::Given& given, bool clean);
    void hang_up();

private:
    [[nodiscard]] boost::asio::awaitable<void> write();
    [[nodiscard]] boost::asio::awaitable<bool> read_line();
    [[nodiscard]] boost::asio::awaitable<void> wait_for_turn();
    void answer_line();
    void say(std::string_view text);

    Socket socket_;
    boost::asio::steady_timer signal_;  ///< never fires; cancelled when there is something to write
    StratumDesk& desk_;
    StratumSession session_;
    Waits waits_;
    std::string heard_;     ///< read, and not answered
    std::size_t line_ = 0;  ///< length of the line that it begins with
    std::string unsent_;
    /// When the lines read so far would all have come, had they come at the rate that is allowed.
    boost::asio::steady_timer::time_point turn_;
    bool ends_ = false;
};

}  // namespace bezant::mining
