// SPDX-License-Identifier: Apache-2.0
#include "net/frame_reader.hpp"

#include <algorithm>

#include "ledger/codec.hpp"

namespace bezant::net {

namespace {

/// Room that is always made: small messages come several at once.
constexpr std::size_t room_min = 16'384;
/// A buffer larger than this goes when all that was in it has been read.
constexpr std::size_t idle_bytes_max = 65'536;

}  // namespace

void append_frame(Bytes& out, ByteView message) {
    Encoder encoder{out};
    encoder.u32(static_cast<std::uint32_t>(message.size()));
    encoder.raw(message);
}

std::span<Byte> FrameReader::room() {
    if (begin_ == end_) {
        begin_ = end_ = 0;
        if (buffer_.size() > idle_bytes_max) Bytes{}.swap(buffer_);
    } else if (begin_ > 0) {
        std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
                  buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
        end_ -= begin_;
        begin_ = 0;
    }
    // Twice what is there, so that a long message costs a few moves and not one each time.
    if (buffer_.size() < end_ + room_min) buffer_.resize(std::max(2 * end_, end_ + room_min));
    return std::span{buffer_}.subspan(end_);
}

Result<std::optional<ByteView>, FrameFault> FrameReader::next() {
    if (waiting() < frame_head_bytes) return std::nullopt;
    const std::size_t length = announced();
    const std::size_t length_max =
        is_first_ ? std::min(first_message_bytes_max, message_bytes_max_) : message_bytes_max_;
    if (length == 0) return unexpected{FrameFault::empty};
    if (length > length_max) return unexpected{FrameFault::too_long};
    if (waiting() < frame_head_bytes + length) return std::nullopt;
    const ByteView message = ByteView{buffer_}.subspan(begin_ + frame_head_bytes, length);
    begin_ += frame_head_bytes + length;
    is_first_ = false;
    return message;
}

std::size_t FrameReader::announced() const {
    if (waiting() < frame_head_bytes) return 0;
    Decoder decoder{ByteView{buffer_}.subspan(begin_, frame_head_bytes)};
    return decoder.u32("length");
}

}  // namespace bezant::net
