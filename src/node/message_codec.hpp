// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.hpp"
#include "chain/archive.hpp"
#include "node/message.hpp"

namespace bezant {

/// Longest encoding of any message on this network: a block in compact form, or headers, and the
/// kind before it.
[[nodiscard]] std::size_t message_bytes_max(const Parameters& parameters);

/// The message's bytes: one byte that names the kind, then its fields (docs/formats.md,
/// "Messages"). Framing (length, checksum) is the transport's. Nobody sends UnconnectedHeaders or
/// Malformed but who plays a bad neighbour: they are written as bytes that are read as such.
[[nodiscard]] Bytes encode_message(const Message& message, const Archive& archive);

/// Length of the encoding, without making it.
[[nodiscard]] std::size_t encoded_size(const Message& message, const Archive& archive);

/// Reads a message from a peer, adding the facts that it brings to the archive, after the checks
/// that need nothing but themselves: a header that is new has a parent and shows its own work, the
/// body of a block is read only if its header obeys the rules, a payment has a payment's form. So
/// what a stranger can make us keep costs him work, or is asked for by whom it is handed to.
///
/// What is not a message becomes Malformed. Headers whose first has no parent here become
/// UnconnectedHeaders, and so does a block, compact or not; one whose header breaks a rule becomes
/// Headers of that header alone. Of a compact block and of missing transactions nothing but the
/// header is added. A payment announced for the first time gets a name in the archive. Other ids of
/// things that are not here are left out: nothing could be done with them. A message about one
/// block of which nothing is here is Malformed: such a block was never told of.
[[nodiscard]] Message decode_message(ByteView bytes, Archive& archive);

}  // namespace bezant
