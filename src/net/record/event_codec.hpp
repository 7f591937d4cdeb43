// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "chain/archive.hpp"
#include "ledger/codec.hpp"
#include "node/event.hpp"

namespace bezant::net {

/// An event, and when it was handled.
struct TimedEvent {
    Event event;
    Time at;
};

/// The content of a frame (docs/formats.md, "Events"). A message is written as the participant
/// would send it; one that came from a peer is better recorded as it came (encode_arrival). A
/// payment that was handed in must be in the archive.
void encode_event(Encoder& out, const Event& event, Time at, const Archive& archive);

/// The same of a message, by its bytes as they came, whatever they are.
void encode_arrival(Encoder& out, PeerId peer, ByteView message, Time at);

/// Reads it. What it refers to must be in the archive; what a message names may be added there
/// (node/message_codec.hpp).
[[nodiscard]] TimedEvent decode_event(Decoder& in, Archive& archive);

}  // namespace bezant::net
