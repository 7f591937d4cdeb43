// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/parameters_codec.hpp"
#include "tests/unit/ledger/random_ledger.hpp"

namespace bezant {
namespace {

Parameters network() {
    const Output gift{bezants(10), PublicKeyHash{}};
    return built_in_parameters("classroom", std::span{&gift, 1}).value();
}

std::vector<Block> some_blocks(std::size_t count) {
    Random random{count};
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < count; ++i) blocks.push_back(random_block(random));
    return blocks;
}

Bytes file_of(const std::vector<Block>& blocks) {
    Bytes file;
    LedgerWriter writer{network(), static_cast<std::uint32_t>(blocks.size()), [&](ByteView piece) {
                            file.insert(file.end(), piece.begin(), piece.end());
                        }};
    for (const Block& block : blocks) writer.add(block);
    writer.finish();
    return file;
}

// All that a reader of a whole file does; the first error.
Result<std::vector<Block>, DecodeError> read_all(ByteView file) {
    auto reader = LedgerReader::open(file);
    if (!reader) return unexpected{reader.error()};
    std::vector<Block> blocks;
    while (reader->blocks_left() > 0) {
        auto next = reader->next_block();
        if (!next) return unexpected{next.error()};
        blocks.push_back(std::move(next->block));
    }
    if (const auto end = reader->check_trailer(); !end) return unexpected{end.error()};
    return blocks;
}

DecodeReason refused(ByteView file) {
    const auto blocks = read_all(file);
    EXPECT_FALSE(blocks);
    return blocks ? DecodeReason{} : blocks.error().reason;
}

TEST(LedgerFile, GivesBackWhatWasWritten) {
    for (const std::size_t count : {0U, 1U, 5U}) {
        const auto blocks = some_blocks(count);
        const Bytes file = file_of(blocks);
        EXPECT_EQ(LedgerReader::open(file)->parameters(), network());
        EXPECT_EQ(LedgerReader::open(file)->block_count(), count);
        EXPECT_EQ(read_all(file).value(), blocks);
    }
}

TEST(LedgerFile, TellsWhereABlockLies) {
    const auto blocks = some_blocks(3);
    const Bytes file = file_of(blocks);
    auto reader = LedgerReader::open(file).value();
    for (std::uint32_t height = 1; height <= 3; ++height) {
        const auto next = reader.next_block().value();
        EXPECT_EQ(next.height, Height{height});
        EXPECT_TRUE(std::ranges::equal(next.bytes, encoded(blocks[height - 1])));
        EXPECT_EQ(next.bytes.data(), file.data() + next.offset);
    }
    EXPECT_TRUE(reader.check_trailer());
}

TEST(LedgerFile, AnyByteFlippedIsNoticed) {
    const Bytes file = file_of(some_blocks(2));
    for (std::size_t i = 0; i < file.size(); ++i) {
        for (const Byte flip : Bytes{0x01, 0x80, 0xff}) {
            Bytes altered = file;
            altered[i] ^= flip;
            ASSERT_FALSE(read_all(altered)) << "byte " << i;
        }
    }
}

TEST(LedgerFile, CutShortAnywhereIsNoticed) {
    const Bytes file = file_of(some_blocks(2));
    for (std::size_t size = 0; size < file.size(); ++size) {
        ASSERT_FALSE(read_all(ByteView{file}.first(size))) << size;
    }
}

TEST(LedgerFile, RefusalsSayWhatIsWrong) {
    const Bytes file = file_of(some_blocks(1));
    EXPECT_EQ(refused({}), DecodeReason::truncated);
    EXPECT_EQ(refused(ByteView{file}.first(5)), DecodeReason::truncated);
    EXPECT_EQ(refused(as_bytes("hello")), DecodeReason::bad_magic);
    Bytes longer = file;
    longer.push_back(0);
    EXPECT_EQ(refused(longer), DecodeReason::trailing_bytes);
    Bytes newer = file;
    newer[ledger_file_magic.size()] = 2;
    EXPECT_EQ(refused(newer), DecodeReason::bad_version);
    Bytes altered = file;
    altered.back() ^= 1;
    EXPECT_EQ(refused(altered), DecodeReason::bad_checksum);
}

TEST(LedgerFile, CountOfBlocksThatTheFileCannotHoldIsRefusedAtOnce) {
    Bytes file = file_of({});
    const std::size_t count_offset = file.size() - 32 - 4;
    file[count_offset + 3] = 0xff;
    const auto reader = LedgerReader::open(file);
    ASSERT_FALSE(reader);
    EXPECT_EQ(reader.error().reason, DecodeReason::too_many);
    EXPECT_EQ(reader.error().offset, count_offset);
}

TEST(LedgerFile, ErrorInABlockNamesItsPlaceInTheFile) {
    const auto blocks = some_blocks(2);
    Bytes file = file_of(blocks);
    auto reader = LedgerReader::open(file).value();
    const auto first = reader.next_block().value();
    file[first.offset + header_bytes] = 0xff;  // the count of transactions of the first block
    auto again = LedgerReader::open(file).value();
    const auto refusal = again.next_block();
    ASSERT_FALSE(refusal);
    EXPECT_EQ(refusal.error().offset, first.offset + header_bytes);
    EXPECT_EQ(refusal.error().field, "transaction count");
}

TEST(LedgerFileDeathTest, MistakesOfTheProgramAreCaught) {
    const auto ignore = [](ByteView) {};
    EXPECT_DEATH(LedgerWriter(Parameters{}, 0, ignore), "can be read back");
    EXPECT_DEATH(LedgerWriter(network(), 0, ignore).add(Block{}), "as were announced");
    EXPECT_DEATH(LedgerWriter(network(), 1, ignore).finish(), "as were announced");
    const Bytes file = file_of(some_blocks(1));
    auto reader = LedgerReader::open(file).value();
    EXPECT_DEATH((void)reader.check_trailer(), "after the last block");
    (void)reader.next_block();
    EXPECT_DEATH((void)reader.next_block(), "is left to be read");
}

}  // namespace
}  // namespace bezant
