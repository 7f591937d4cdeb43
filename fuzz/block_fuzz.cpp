// SPDX-License-Identifier: Apache-2.0
// Any bytes are either refused, at a place inside them, or are the one encoding of a block.
#include "base/check.hpp"
#include "ledger/codec.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const bezant::ByteView bytes{data, size};
    const auto block = bezant::block_from_bytes(bytes);
    if (!block) {
        CHECK(block.error().offset <= size, "an error lies in the input");
        return 0;
    }
    CHECK(std::ranges::equal(bezant::encoded(*block), bytes), "one encoding a block");
    CHECK(bezant::encoded_size(*block) == size, "the length is as foretold");
    return 0;
}
