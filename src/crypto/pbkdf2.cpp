// SPDX-License-Identifier: Apache-2.0
#include "crypto/pbkdf2.hpp"

#include <array>

#include "base/check.hpp"
#include "crypto/hash.hpp"

namespace bezant {

namespace {

constexpr std::array<Byte, 4> first_block{0, 0, 0, 1};

}  // namespace

SecretBytes<64> pbkdf2_hmac_sha512(ByteView password, ByteView salt, std::uint32_t rounds) {
    CHECK(rounds > 0, "a key takes at least one round");
    SecretBuffer message = secret_copy(salt);
    message.insert(message.end(), first_block.begin(), first_block.end());
    Hash512 code = hmac_sha512(password, message);
    SecretBytes<64> sum{code.bytes};
    for (std::uint32_t round = 1; round < rounds; ++round) {
        code = hmac_sha512(password, code.view());
        for (std::size_t i = 0; i < code.bytes.size(); ++i) sum.writable()[i] ^= code.bytes[i];
    }
    wipe(code.bytes);
    return sum;
}

}  // namespace bezant
