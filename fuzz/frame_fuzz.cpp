// SPDX-License-Identifier: Apache-2.0
// However a stream is cut into pieces, the same messages come out of it, up to the same fault, and
// the reader's memory stays bounded. The first byte chooses the pieces.
#include <algorithm>
#include <vector>

#include "base/check.hpp"
#include "base/random.hpp"
#include "net/frame_reader.hpp"

namespace {

using bezant::Bytes;
using bezant::ByteView;
using bezant::net::FrameFault;
using bezant::net::FrameReader;

constexpr std::size_t message_bytes_max = 70'000;
constexpr std::size_t room_max = 4 * message_bytes_max;

struct Outcome {
    std::vector<Bytes> messages{};
    std::optional<FrameFault> fault{};

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// Takes all messages that are whole; false after a fault.
bool take(FrameReader& reader, Outcome& outcome) {
    while (true) {
        const auto message = reader.next();
        if (!message) {
            outcome.fault = message.error();
            return false;
        }
        if (!*message) return true;
        outcome.messages.emplace_back((*message)->begin(), (*message)->end());
    }
}

Outcome read_in_pieces(ByteView stream, bezant::Random random, std::size_t piece_max) {
    FrameReader reader{message_bytes_max};
    Outcome outcome;
    while (!stream.empty()) {
        const auto room = reader.room();
        CHECK(!room.empty() && room.size() <= room_max, "there is room, and not too much");
        const std::size_t piece =
            std::min({room.size(), stream.size(), std::size_t{1} + random.below(piece_max)});
        std::copy_n(stream.begin(), piece, room.begin());
        reader.filled(piece);
        stream = stream.subspan(piece);
        if (!take(reader, outcome)) return outcome;
    }
    return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView stream{data + 1, size - 1};
    const bezant::Random random{data[0]};
    const Outcome whole = read_in_pieces(stream, random, stream.size() + 1);
    CHECK(read_in_pieces(stream, random, 1) == whole, "pieces make no difference");
    CHECK(read_in_pieces(stream, random, 300) == whole, "pieces make no difference");
    return 0;
}
