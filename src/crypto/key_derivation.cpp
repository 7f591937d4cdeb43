// SPDX-License-Identifier: Apache-2.0
#include "crypto/key_derivation.hpp"

#include "base/check.hpp"
#include "crypto/hash.hpp"

namespace bezant {

namespace {

constexpr std::size_t child_input_bytes = 1 + 32 + 4;  // zero, the parent's key, the index

/// Splits an HMAC into key and chain code, and leaves no third copy.
ExtendedKey split_and_wipe(Hash512& code) {
    const std::span<const Byte, 64> whole{code.bytes};
    ExtendedKey result{SecretSeed{whole.first<32>()}, SecretBytes<32>{whole.last<32>()}};
    wipe(code.bytes);
    return result;
}

}  // namespace

ExtendedKey master_key(ByteView seed) {
    Hash512 code = hmac_sha512(as_bytes("ed25519 seed"), seed);
    return split_and_wipe(code);
}

ExtendedKey derive(const ExtendedKey& parent, std::uint32_t index) {
    CHECK(index < child_index_end, "the hardened bit is not part of an index");
    const std::uint32_t hardened = index | child_index_end;
    SecretBytes<child_input_bytes> input;
    const auto bytes = input.writable();
    std::ranges::copy(parent.key.view(), bytes.begin() + 1);
    for (unsigned i = 0; i < 4; ++i)  // most significant byte first
        bytes[33 + i] = static_cast<Byte>(hardened >> (24U - 8U * i));
    Hash512 code = hmac_sha512(parent.chain_code.view(), input.view());
    return split_and_wipe(code);
}

ExtendedKey derive_path(ByteView seed, std::span<const std::uint32_t> path) {
    ExtendedKey key = master_key(seed);
    for (const std::uint32_t index : path) key = derive(key, index);
    return key;
}

}  // namespace bezant
