// SPDX-License-Identifier: Apache-2.0
// Any bytes are refused, or are a record up to some place; what its frames hold is refused at a
// place inside them, or written again as it was read. The checks, which no fuzzer guesses, are made
// right.
#include <algorithm>
#include <sstream>

#include "base/check.hpp"
#include "net/record/event_codec.hpp"
#include "net/record/record_frames.hpp"
#include "node/message_codec.hpp"

namespace {

using namespace bezant;

constexpr std::size_t head_bytes = 12;
constexpr std::size_t length_bytes = 4;

/// The bytes with the check of each frame that is whole made right.
Bytes mended(Bytes bytes) {
    Mixer mixer;
    if (bytes.size() < head_bytes) return bytes;
    mixer.bytes(ByteView{bytes}.first(head_bytes));
    std::size_t place = head_bytes;
    while (bytes.size() - place >= length_bytes + Mix::size_bytes) {
        const ByteView rest = ByteView{bytes}.subspan(place);
        const std::size_t frame = length_bytes + Decoder{rest}.u32("content length");
        if (rest.size() < frame + Mix::size_bytes) break;
        mixer.bytes(rest.first(frame));
        std::ranges::copy(mixer.mix().bytes,
                          bytes.begin() + static_cast<std::ptrdiff_t>(place + frame));
        place += frame + Mix::size_bytes;
    }
    return bytes;
}

void check_start(ByteView content) {
    const auto start = whole(content, net::decode_record_start);
    if (!start) return;
    Bytes again;
    Encoder out{again};
    net::encode(out, *start);
    // An address book of the same meaning may be written in one way only.
    CHECK(std::ranges::equal(again, content), "one encoding a start");
}

void check_end(ByteView content) {
    constexpr std::size_t count_bytes = 8;
    if (content.size() < count_bytes) return;
    content = content.subspan(count_bytes);
    const auto standing = whole(content, net::decode_standing);
    if (!standing) return;
    Bytes again;
    Encoder out{again};
    net::encode(out, *standing);
    CHECK(std::ranges::equal(again, content), "one encoding a standing");
}

/// Of a message the bytes are kept as they came, and not what they mean.
void check_event(ByteView content, Archive& archive) {
    Decoder in{content};
    const net::TimedEvent event = net::decode_event(in, archive);
    if (!in.finish() || std::holds_alternative<MessageArrived>(event.event)) return;
    Bytes again;
    Encoder out{again};
    net::encode_event(out, event.event, event.at, archive);
    CHECK(std::ranges::equal(again, content), "one encoding an event");
}

void check(const net::Frame& frame, Archive& archive) {
    if (frame.kind == net::FrameKind::start) check_start(frame.content);
    if (frame.kind == net::FrameKind::event) check_event(frame.content, archive);
    if (frame.kind == net::FrameKind::end) check_end(frame.content);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Bytes bytes = mended({data, data + size});
    std::istringstream in{std::string{bytes.begin(), bytes.end()}};
    auto reader = net::RecordReader::open(in, size);
    if (!reader) return 0;
    static const Parameters network = *built_in_parameters("local");
    DirectVerifier verifier;
    Archive archive{network, verifier};
    while (true) {
        const auto frame = reader->next();
        CHECK(reader->offset() <= size, "what is read lies in the input");
        if (!frame || !*frame) return 0;
        check(**frame, archive);
    }
}
