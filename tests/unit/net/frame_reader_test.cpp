// SPDX-License-Identifier: Apache-2.0
#include "net/frame_reader.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "tests/seeds.hpp"

namespace bezant::net {
namespace {

constexpr std::size_t longest = 200'000;

/// Gives the reader up to so many bytes; how many it took.
std::size_t feed(FrameReader& reader, ByteView bytes) {
    const auto room = reader.room();
    const std::size_t count = std::min(room.size(), bytes.size());
    std::copy_n(bytes.begin(), count, room.begin());
    reader.filled(count);
    return count;
}

Bytes head(std::uint32_t length) {
    Bytes bytes;
    for (unsigned i = 0; i < 4; ++i) bytes.push_back(static_cast<Byte>(length >> (8 * i)));
    return bytes;
}

TEST(FrameReader, GivesMessagesAsTheyWereSentHoweverTheyArrive) {
    for (std::uint64_t seed = 0; seed < test::seeds_to_try(100); ++seed) {
        Random random{seed};
        std::vector<Bytes> sent;
        Bytes stream;
        for (std::size_t i = 0; i < 20; ++i) {
            const std::size_t most = i == 0 ? first_message_bytes_max : 1 + random.below(longest);
            sent.emplace_back(1 + random.below(most), static_cast<Byte>(i));
            append_frame(stream, sent.back());
        }
        FrameReader reader{longest};
        std::vector<Bytes> received;
        ByteView rest{stream};
        while (!rest.empty()) {
            const std::size_t piece = 1 + random.below(40'000);
            rest = rest.subspan(feed(reader, rest.first(std::min(piece, rest.size()))));
            while (const auto message = reader.next().value())
                received.emplace_back(message->begin(), message->end());
        }
        ASSERT_EQ(received, sent) << "seed " << seed;
        EXPECT_FALSE(reader.is_waiting());
    }
}

TEST(FrameReader, RefusesLengthsThatNoMessageHas) {
    const auto fault_of = [](std::uint32_t length, bool greeted) {
        FrameReader reader{longest};
        if (greeted) {
            Bytes hello;
            append_frame(hello, Bytes(10));
            feed(reader, hello);
            EXPECT_TRUE(reader.next().value());
        }
        feed(reader, head(length));
        const auto next = reader.next();
        return next ? std::optional<FrameFault>{} : next.error();
    };
    EXPECT_EQ(fault_of(0, true), FrameFault::empty);
    EXPECT_EQ(fault_of(longest + 1, true), FrameFault::too_long);
    EXPECT_EQ(fault_of(0xffff'ffff, true), FrameFault::too_long);
    EXPECT_EQ(fault_of(longest, true), std::nullopt);
    EXPECT_EQ(fault_of(first_message_bytes_max + 1, false), FrameFault::too_long);
    EXPECT_EQ(fault_of(first_message_bytes_max, false), std::nullopt);
}

TEST(FrameReader, MakesRoomForWhatHasArrivedAndNotForWhatIsAnnounced) {
    FrameReader reader{longest};
    Bytes hello;
    append_frame(hello, Bytes(10));
    feed(reader, hello);
    ASSERT_TRUE(reader.next().value());
    feed(reader, head(longest));
    ASSERT_FALSE(reader.next().value());
    EXPECT_EQ(reader.announced(), longest);
    EXPECT_TRUE(reader.is_waiting());
    EXPECT_LT(reader.room().size(), 40'000U);
}

}  // namespace
}  // namespace bezant::net
