// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "base/result.hpp"
#include "ledger/codec.hpp"

namespace bezant::wallet {

/// What the files of a wallet have in common with the ledger's: magic and version before, the
/// SHA-256 of all bytes behind.
using FileMagic = std::array<Byte, 8>;

void begin_file(Encoder& out, const FileMagic& magic, std::uint32_t version);

/// Appends the checksum; `bytes` are all that `out` has written.
void end_file(Encoder& out, const Bytes& bytes);

/// A beginning of the magic is a file cut short, anything else another kind of file.
void read_beginning(Decoder& in, ByteView file, const FileMagic& magic, std::uint32_t version);

/// The checksum, and nothing behind it.
[[nodiscard]] Result<void, DecodeError> read_end(Decoder& in, ByteView file);

}  // namespace bezant::wallet
