// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/bytes.hpp"
#include "chain/fact_index.hpp"
#include "node/effects.hpp"
#include "node/event.hpp"

namespace bezant::net {

// What lies between the participant's driver, which knows no sockets, and the connections, which
// know no ledger. Each side is tested without the other.

/// What happens on the connections. Told from the loop, never from inside a call of PeerLinks.
class PeerEvents {
public:
    PeerEvents() = default;
    PeerEvents(const PeerEvents&) = delete;
    PeerEvents& operator=(const PeerEvents&) = delete;
    virtual ~PeerEvents() = default;

    virtual void connected(const PeerConnected& event) = 0;
    virtual void disconnected(PeerId peer) = 0;
    virtual void arrived(PeerId peer, ByteView message) = 0;
    virtual void dial_failed(const NetworkAddress& address) = 0;
    /// A message with this block, when the time has come to send it.
    [[nodiscard]] virtual Bytes block_message(BlockIndex block) = 0;
};

/// What can be done with connections. A peer that is gone is no error: the news may be under way.
class PeerLinks {
public:
    PeerLinks() = default;
    PeerLinks(const PeerLinks&) = delete;
    PeerLinks& operator=(const PeerLinks&) = delete;
    virtual ~PeerLinks() = default;

    /// Puts a message behind all that was sent to this peer before.
    virtual void send(PeerId peer, ByteView message) = 0;
    /// The same for a block, which is asked for when those before it have gone: many large ones
    /// may be waiting.
    virtual void send_block(PeerId peer, BlockIndex block) = 0;
    /// PeerEvents::disconnected does not follow. What was sent before is lost, unless the peer goes
    /// for want of room (no_room): then it is still sent, if that takes no longer than
    /// ConnectionLimits::leave_time_max.
    virtual void disconnect(PeerId peer, Misconduct why) = 0;
    /// Either connected or dial_failed follows.
    virtual void dial(const NetworkAddress& address) = 0;
};

}  // namespace bezant::net
