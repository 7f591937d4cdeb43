// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <optional>
#include <utility>

#include "base/time.hpp"
#include "node/event.hpp"

namespace bezant::net {

/// How long after a call that failed, or a connection that was lost, the next call comes: twice as
/// long each time, until a connection has lasted.
struct RedialDelays {
    Duration first = seconds(1);
    Duration longest = seconds(60);
    /// A connection that has stood so long has lasted. No longer than connections over bad links
    /// do: else a link that was down for a while is hardly used once it is up again.
    Duration lasting = seconds(5);
};

/// The delays of one address.
class RedialPace {
public:
    explicit RedialPace(const RedialDelays& delays) : delays_(delays), next_(delays.first) {}

    /// How long to wait before the next call; `stood` is for how long there was a connection, none
    /// if the call failed.
    Duration delay_after(std::optional<Duration> stood) {
        if (stood && *stood >= delays_.lasting) next_ = delays_.first;
        return std::exchange(next_, std::min(next_ * 2, delays_.longest));
    }

private:
    RedialDelays delays_;
    Duration next_;
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
