// SPDX-License-Identifier: Apache-2.0
// Any bytes are either refused, at a place inside them, or are what a writer makes of what they
// say. The checksum, which no fuzzer guesses, is compared only if it is right.
#include <vector>

#include "base/check.hpp"
#include "ledger/ledger_file.hpp"

namespace {

using bezant::Bytes;
using bezant::ByteView;

Bytes written(const bezant::Parameters& parameters, const std::vector<bezant::Block>& blocks) {
    Bytes file;
    bezant::LedgerWriter writer{
        parameters, static_cast<std::uint32_t>(blocks.size()),
        [&](ByteView piece) { file.insert(file.end(), piece.begin(), piece.end()); }};
    for (const bezant::Block& block : blocks) writer.add(block);
    writer.finish();
    return file;
}

void expect_within(const bezant::DecodeError& error, std::size_t size) {
    CHECK(error.offset <= size, "an error lies in the input");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView file{data, size};
    auto reader = bezant::LedgerReader::open(file);
    if (!reader) {
        expect_within(reader.error(), size);
        return 0;
    }
    std::vector<bezant::Block> blocks;
    while (reader->blocks_left() > 0) {
        auto next = reader->next_block();
        if (!next) {
            expect_within(next.error(), size);
            return 0;
        }
        blocks.push_back(std::move(next->block));
    }
    const Bytes again = written(reader->parameters(), blocks);
    const bool is_whole = reader->check_trailer().has_value();
    const std::size_t compared = again.size() - (is_whole ? 0 : bezant::Hash256::size());
    CHECK(size >= compared, "what was read lies in the input");
    CHECK(std::ranges::equal(ByteView{again}.first(compared), file.first(compared)),
          "one file a ledger");
    CHECK(!is_whole || size == again.size(), "nothing follows the checksum");
    return 0;
}
