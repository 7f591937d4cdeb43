// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>

#include "base/mixer.hpp"
#include "base/result.hpp"
#include "net/record/record_format.hpp"

namespace bezant::net {

/// Makes the bytes of a record, one frame after the other (docs/formats.md, "Record"). Each frame
/// ends with a check of all that comes before, so that none can be altered, lost or moved unseen.
class FrameChain {
public:
    /// What a record begins with.
    [[nodiscard]] Bytes head();
    [[nodiscard]] Bytes frame(FrameKind kind, ByteView content);

private:
    Mixer mixer_;
};

/// Why a record cannot be read further.
struct RecordFault {
    std::string what;    ///< with the place in the file
    std::string advice;  ///< what to do
};

struct Frame {
    std::uint64_t offset = 0;  ///< of the first byte of its content in the file
    FrameKind kind{};
    Bytes content;
};

/// Reads a record frame by frame. Holds one frame in memory, which is never longer than the file.
class RecordReader {
public:
    /// `in` is at its beginning, has so many bytes, and must outlive the reader. What is no record,
    /// or was written by a later version, is refused.
    [[nodiscard]] static Result<RecordReader, RecordFault> open(std::istream& in,
                                                                std::uint64_t bytes);

    /// The next frame; nothing where the record ends, which may be in the midst of a frame
    /// (`is_torn`). One that fails its check, and all after it, cannot be had.
    [[nodiscard]] Result<std::optional<Frame>, RecordFault> next();

    /// Bytes of a last frame that is not whole: the writer was killed, or the disk full.
    [[nodiscard]] bool is_torn() const { return torn_; }
    /// Bytes read so far.
    [[nodiscard]] std::uint64_t offset() const { return offset_; }
    [[nodiscard]] std::uint64_t size() const { return bytes_; }

private:
    RecordReader(std::istream& in, std::uint64_t bytes) : in_(&in), bytes_(bytes) {}
    [[nodiscard]] Result<void, RecordFault> read_head();
    [[nodiscard]] bool read(std::span<Byte> bytes);
    [[nodiscard]] std::uint64_t left() const { return bytes_ - offset_; }

    std::istream* in_;
    std::uint64_t bytes_;
    std::uint64_t offset_ = 0;
    bool torn_ = false;
    Mixer mixer_;
};

/// A fault of the fields inside a frame that passed its check.
[[nodiscard]] RecordFault fault_in(const Frame& frame, const DecodeError& error);

}  // namespace bezant::net
