// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace bezant::net {

/// Bytes before each message (docs/formats.md, "Frames"): its length.
inline constexpr std::size_t frame_head_bytes = 4;

/// Longest first message, which is a hello: whoever has not said one is not listened to for long.
inline constexpr std::size_t first_message_bytes_max = 1'024;

/// Appends a message as a frame.
void append_frame(Bytes& out, ByteView message);

enum class FrameFault : std::uint8_t { empty, too_long };

/// Cuts a stream of bytes into messages. Memory follows what has arrived, not what a length
/// announces: at most twice the longest message, and little while nothing is under way.
class FrameReader {
public:
    explicit FrameReader(std::size_t message_bytes_max) : message_bytes_max_(message_bytes_max) {}

    /// Where the next bytes go: never empty. Messages given before are no longer good.
    [[nodiscard]] std::span<Byte> room();
    /// So many have come.
    void filled(std::size_t count) { end_ += count; }

    /// The next message that is whole; good until `room` is called. After a fault there is nothing
    /// more to be had from this stream.
    [[nodiscard]] Result<std::optional<ByteView>, FrameFault> next();

    /// Whether a message has begun and not ended.
    [[nodiscard]] bool is_waiting() const { return begin_ != end_; }
    /// How long that one is; 0 if it has not been said.
    [[nodiscard]] std::size_t announced() const;

private:
    [[nodiscard]] std::size_t waiting() const { return end_ - begin_; }

    std::size_t message_bytes_max_;
    bool is_first_ = true;
    Bytes buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace bezant::net
