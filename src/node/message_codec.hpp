// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.hpp"
#include "chain/archive.hpp"
#include "node/message.hpp"

namespace bezant {

/// Longest encoding of any message on this network: a block, and the kind before it.
[[nodiscard]] std::size_t message_bytes_max(const Parameters& parameters);

/// The message's bytes: one byte that names the kind, then its fields (docs/formats.md,
/// "Messages"). Framing (length, checksum) is the transport's.
[[nodiscard]] Bytes encode_message(const Message& message, const Archive& archive);

/// Length of the encoding, without making it.
[[nodiscard]] std::size_t encoded_size(const Message& message, const Archive& archive);

/// Reads a message from a peer, adding the facts that it brings to the archive. What is not a
/// message becomes Malformed, headers without a known parent become UnconnectedHeaders; ids of
/// things that this archive has not got are left out of Inventory and GetData only where nothing
/// could be done with them.
[[nodiscard]] Message decode_message(ByteView bytes, Archive& archive);

}  // namespace bezant
