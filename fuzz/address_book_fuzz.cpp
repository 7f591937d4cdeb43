// SPDX-License-Identifier: Apache-2.0
// Any bytes are refused, at a place inside them, or are a book that holds together and is written
// again as it was read. The checksum, which no fuzzer guesses, is made right.
#include <algorithm>

#include "base/check.hpp"
#include "node/address_book_codec.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace bezant;
    Bytes file{data, data + size};
    if (file.size() >= Hash256::size()) {
        const std::size_t end = file.size() - Hash256::size();
        std::ranges::copy(sha256(ByteView{file}.first(end)).bytes,
                          file.begin() + static_cast<std::ptrdiff_t>(end));
    }
    const auto peers = decode_address_book(file, {}, AddressRealm::internet);
    if (!peers) {
        CHECK(peers.error().offset <= size, "an error lies in the input");
        return 0;
    }
    peers->book.check_invariants();
    CHECK(encode_address_book(peers->book, peers->anchors) == file, "one file a book");
    return 0;
}
