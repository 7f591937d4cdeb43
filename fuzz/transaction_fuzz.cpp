// SPDX-License-Identifier: Apache-2.0
// Any bytes are either refused, at a place inside them, or are the one encoding of a transaction.
#include "base/check.hpp"
#include "ledger/codec.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const bezant::ByteView bytes{data, size};
    const auto transaction = bezant::transaction_from_bytes(bytes);
    if (!transaction) {
        CHECK(transaction.error().offset <= size, "an error lies in the input");
        return 0;
    }
    CHECK(std::ranges::equal(bezant::encoded(*transaction), bytes), "one encoding a transaction");
    CHECK(bezant::encoded_size(*transaction) == size, "the length is as foretold");
    CHECK(size != 64, "no transaction is as long as two merkle nodes");
    return 0;
}
