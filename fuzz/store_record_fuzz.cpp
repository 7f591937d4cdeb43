// SPDX-License-Identifier: Apache-2.0
// Any bytes are either refused, at a place inside them, or are the one encoding of a record of a
// node's store. The first byte chooses the kind.
#include "base/check.hpp"
#include "storage/records.hpp"

namespace {

template <class Record>
void try_record(bezant::ByteView bytes, Record (*decode)(bezant::Decoder&)) {
    const auto record = bezant::whole(bytes, decode);
    if (!record) {
        CHECK(record.error().offset <= bytes.size(), "an error lies in the input");
        return;
    }
    CHECK(std::ranges::equal(bezant::storage::bytes_of(*record), bytes), "one encoding a record");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const bezant::ByteView bytes{data + 1, size - 1};
    switch (data[0] % 3) {
        case 0:
            try_record(bytes, bezant::storage::decode_coin);
            break;
        case 1:
            try_record(bytes, bezant::storage::decode_block_record);
            break;
        default:
            try_record(bytes, bezant::storage::decode_spent_coins);
    }
    return 0;
}
