// SPDX-License-Identifier: Apache-2.0
#include "net/record/record_frames.hpp"

#include <algorithm>

namespace bezant::net {

namespace {

/// Not ASCII, then BZR, and line ends of both kinds.
struct MagicTag;
using Magic = FixedBytes<MagicTag, 8>;
constexpr Magic magic{.bytes = {0x89, 'B', 'Z', 'R', 0x0d, 0x0a, 0x1a, 0x0a}};
constexpr std::uint32_t format_version = 1;
constexpr std::size_t head_bytes = Magic::size_bytes + 4;
constexpr std::size_t length_bytes = 4;
constexpr const char* damaged_advice =
    "the file was altered, or damaged on its way or by its disk; what comes before is good";

std::string at_byte(std::uint64_t offset) { return " at byte " + std::to_string(offset); }

}  // namespace

Bytes FrameChain::head() {
    Bytes bytes;
    Encoder out{bytes};
    out.raw(magic.view());
    out.u32(format_version);
    mixer_.bytes(ByteView{bytes});
    return bytes;
}

Bytes FrameChain::frame(FrameKind kind, ByteView content) {
    Bytes bytes;
    bytes.reserve(length_bytes + 1 + content.size() + Mix::size_bytes);
    Encoder out{bytes};
    out.u32(static_cast<std::uint32_t>(1 + content.size()));
    out.u8(static_cast<std::uint8_t>(kind));
    out.raw(content);
    mixer_.bytes(ByteView{bytes});
    out.raw(mixer_.mix().view());
    return bytes;
}

Result<RecordReader, RecordFault> RecordReader::open(std::istream& in, std::uint64_t bytes) {
    RecordReader reader{in, bytes};
    if (auto read = reader.read_head(); !read) return unexpected{read.error()};
    return reader;
}

Result<void, RecordFault> RecordReader::read_head() {
    Bytes head(std::min<std::uint64_t>(head_bytes, bytes_));
    if (!read(head)) head.clear();
    mixer_.bytes(ByteView{head});
    Decoder fields{head};
    if (fields.fixed<Magic>("magic") != magic) {
        return unexpected{RecordFault{.what = "this is no record of a node",
                                      .advice = "name a file that 'bezant node --record' wrote"}};
    }
    const std::uint32_t version = fields.u32("format version");
    if (fields.failed() || version == 0) {
        return unexpected{RecordFault{.what = "the record is cut off in its first bytes",
                                      .advice = "there is nothing in it to replay"}};
    }
    if (version != format_version) {
        return unexpected{
            RecordFault{.what = "the record has format " + std::to_string(version) +
                                ", which this version of Bezant does not know",
                        .advice = "replay it with the version that wrote it, or a later one"}};
    }
    return {};
}

Result<std::optional<Frame>, RecordFault> RecordReader::next() {
    if (torn_ || left() == 0) return std::nullopt;
    torn_ = true;  // until the frame is found to be whole
    Bytes bytes(length_bytes);
    if (left() < length_bytes || !read(bytes)) return std::nullopt;
    const std::uint32_t length = Decoder{bytes}.u32("content length");
    if (left() < std::uint64_t{length} + Mix::size_bytes) return std::nullopt;
    Frame frame{.offset = offset_ + 1, .kind = {}, .content = {}};
    bytes.resize(length_bytes + length);
    Mix check;
    if (!read(std::span{bytes}.subspan(length_bytes)) || !read(check.bytes)) return std::nullopt;
    torn_ = false;
    mixer_.bytes(ByteView{bytes});
    if (check != mixer_.mix() || length == 0) {
        return unexpected{
            RecordFault{.what = "the record is damaged" + at_byte(frame.offset - 1 - length_bytes),
                        .advice = damaged_advice}};
    }
    frame.kind = static_cast<FrameKind>(bytes[length_bytes]);
    frame.content.assign(bytes.begin() + length_bytes + 1, bytes.end());
    return frame;
}

bool RecordReader::read(std::span<Byte> bytes) {
    in_->read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    offset_ += bytes.size();
    return in_->gcount() == static_cast<std::streamsize>(bytes.size());
}

RecordFault fault_in(const Frame& frame, const DecodeError& error) {
    return {.what = "the record's " + std::string{error.field} +
                    at_byte(frame.offset + error.offset) + " is not what it may be (" +
                    std::string{to_text(error.reason)} + ")",
            .advice = "replay it with the version of Bezant that wrote it"};
}

}  // namespace bezant::net
