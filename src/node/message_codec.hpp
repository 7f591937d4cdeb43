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
/// "Messages"). Framing (length, checksum) is the transport's. Nobody sends Malformed but who plays
/// a bad neighbour: it is written as bytes that are read as such.
[[nodiscard]] Bytes encode_message(const Message& message, const Archive& archive);

/// The bytes of a message with the block that has this encoding.
[[nodiscard]] Bytes encode_block_message(ByteView block);

/// Length of the encoding, without making it.
[[nodiscard]] std::size_t encoded_size(const Message& message, const Archive& archive);

/// Reads a message from a peer. A payment announced for the first time gets a name in the archive
/// (a bounded number of them); nothing else is added to it. Headers, blocks and payments that are
/// not there stay in the message, whole (NewHeaders, NewBlock, NewPayment, NewCompactBlock):
/// whether they become facts, the participant decides, by what it knows and asked for. So what a
/// stranger can make us keep costs him work, or is asked for by whom it is handed to.
///
/// What is not a message becomes Malformed, and so do headers that are no chain, a body that is not
/// the one of its header that is known, and a payment that has not a payment's form. Other ids of
/// things that are not here are left out: nothing could be done with them. A message about one
/// block of which nothing is here is Malformed: such a block was never told of.
[[nodiscard]] Message decode_message(ByteView bytes, Archive& archive);

}  // namespace bezant
