// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>

#include "crypto/hash.hpp"
#include "ledger/codec.hpp"
#include "ledger/parameters.hpp"

namespace bezant {

/// A ledger as one file (`.bzt`): the network's parameters and one chain of blocks, with a checksum
/// at the end. docs/formats.md, "Ledger file".

/// The first is no ASCII and the line ends are of both kinds, as in PNG (RFC 2083, section 12.11),
/// so that a transfer as text does not go unnoticed.
inline constexpr std::array<Byte, 8> ledger_file_magic{0x89, 'B', 'Z', 'T', '\r', '\n', 0x1a, '\n'};
inline constexpr std::uint32_t ledger_file_version = 1;

/// Takes bytes in order, to write them somewhere.
using ByteSink = std::function<void(ByteView)>;

/// Writes a ledger file piece by piece; holds one block's bytes at a time.
class LedgerWriter {
public:
    /// Writes what comes before the blocks. The parameters must be sound (parameters_codec.hpp);
    /// `block_count` does not count the genesis block, which is part of them.
    LedgerWriter(const Parameters& parameters, std::uint32_t block_count, ByteSink sink);

    /// The blocks from height 1 on, in order; as many as were announced.
    void add(const Block& block);

    /// Writes the checksum, after the last block.
    void finish();

private:
    void write(ByteView bytes);

    ByteSink sink_;
    Sha256 hasher_;
    std::uint32_t blocks_left_;
};

/// A block as it lies in a file.
struct LedgerBlock {
    Height height;           ///< by its position; the block itself may claim another
    std::size_t offset = 0;  ///< of its first byte in the file
    ByteView bytes;          ///< in the file's memory
    Block block;
};

/// Reads a ledger file that is in memory, and must stay there as long as the reader. Formats are
/// checked, rules are not. The checksum is a call of its own, so that a reader who checks each
/// block on the way can name the altered one instead of saying that something is.
class LedgerReader {
public:
    /// Reads what comes before the blocks.
    [[nodiscard]] static Result<LedgerReader, DecodeError> open(ByteView file);

    [[nodiscard]] const Parameters& parameters() const { return parameters_; }
    [[nodiscard]] std::uint32_t block_count() const { return block_count_; }
    [[nodiscard]] std::uint32_t blocks_left() const { return block_count_ - blocks_read_; }

    /// The next block; some must be left. After an error nothing more can be read.
    [[nodiscard]] Result<LedgerBlock, DecodeError> next_block();

    /// Whether the checksum, after the last block, is the one of all bytes before it, and ends the
    /// file. All blocks must have been read. Linear in the size of the file.
    [[nodiscard]] Result<void, DecodeError> check_trailer();

private:
    explicit LedgerReader(ByteView file) : file_(file), in_(file) {}

    ByteView file_;
    Decoder in_;
    Parameters parameters_;
    std::uint32_t block_count_ = 0;
    std::uint32_t blocks_read_ = 0;
};

}  // namespace bezant
