// SPDX-License-Identifier: Apache-2.0
// Any bytes from a neighbour are a message or are refused, by a participant who knows only genesis
// and one who has heard the same before; a message that leaves nothing out is written again as it
// was read.
#include "base/check.hpp"
#include "node/message_codec.hpp"

namespace {

using namespace bezant;

/// The network of the examples in docs/formats.md, which are the seed inputs.
Parameters example_network() {
    std::array<Byte, 32> alice{};
    alice.fill(1);
    const SigningKey key = SigningKey::from_seed(SecretSeed{alice});
    const Output coin{.amount = bezants(10), .owner = public_key_hash(key.public_key())};
    return *built_in_parameters("local", std::span{&coin, 1});
}

bool is_complete(const Message& message, std::size_t size, const Archive& archive) {
    return !std::holds_alternative<Malformed>(message) && encoded_size(message, archive) == size;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes{data, size};
    static const Parameters network = example_network();
    DirectVerifier verifier;
    Archive archive{network, verifier};
    const Message first = decode_message(bytes, archive);
    const std::size_t transactions = archive.transactions().size();
    const std::size_t blocks = archive.blocks().size();
    const Message again = decode_message(bytes, archive);
    CHECK(first.index() == again.index(), "the same bytes are the same kind of message");
    CHECK(archive.transactions().size() == transactions && archive.blocks().size() == blocks,
          "the same facts are added once");
    CHECK(transactions <= 1 + size / BlockHash::size_bytes, "names are all that is kept");
    CHECK(blocks == 1, "no block is kept that nobody wanted");
    if (is_complete(first, size, archive))
        CHECK(std::ranges::equal(encode_message(first, archive), bytes), "one encoding a message");
    return 0;
}
