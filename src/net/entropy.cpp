// SPDX-License-Identifier: Apache-2.0
#include "net/entropy.hpp"

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/check.hpp"

namespace bezant::net {

void fill_with_entropy(std::span<Byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t count = getrandom(bytes.data(), bytes.size(), 0);
        if (count < 0 && errno == EINTR) continue;
        CHECK(count > 0, "the operating system gives random bytes");
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

SecretBytes<32> fresh_secret() {
    SecretBytes<32> secret;
    fill_with_entropy(secret.writable());
    return secret;
}

std::uint64_t fresh_number() {
    std::array<Byte, sizeof(std::uint64_t)> bytes{};
    fill_with_entropy(bytes);
    std::uint64_t number = 0;
    std::memcpy(&number, bytes.data(), sizeof(number));
    return number;
}

}  // namespace bezant::net
