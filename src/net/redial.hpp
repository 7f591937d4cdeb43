// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <optional>

#include "base/time.hpp"
#include "node/event.hpp"

namespace bezant::net {

/// How long after a call that failed, or a connection that was lost, the next call comes: twice as
/// long each time, until a connection has lasted longer than that.
struct RedialDelays {
    Duration first = seconds(1);
    Duration longest = seconds(60);
};

/// An address that is called again and again.
struct Redial {
    Redial(const boost::asio::any_io_executor& executor, const NetworkAddress& where)
        : address(where), timer(executor) {}

    NetworkAddress address;
    std::optional<PeerId> peer;       ///< while it is connected
    bool is_over = false;             ///< nobody wants it to be called any longer
    boost::asio::steady_timer timer;  ///< cancelled when any of this changes
};

}  // namespace bezant::net
