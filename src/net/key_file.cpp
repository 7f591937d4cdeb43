// SPDX-License-Identifier: Apache-2.0
#include "net/key_file.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "net/entropy.hpp"
#include "net/private_file.hpp"

namespace bezant::net {

namespace {

constexpr std::size_t digits = 64;
constexpr std::size_t file_bytes = digits + 1;

/// Not by base/hex, which gives what is not wiped.
constexpr std::string_view hex_digits = "0123456789abcdef";

SecretBuffer text_of(const SecretSeed& seed) {
    SecretBuffer text;
    text.reserve(file_bytes);
    for (const Byte byte : seed.view()) {
        text.push_back(static_cast<Byte>(hex_digits[byte >> 4U]));
        text.push_back(static_cast<Byte>(hex_digits[byte & 0x0fU]));
    }
    text.push_back('\n');
    return text;
}

std::optional<SecretSeed> seed_of(const SecretBuffer& text) {
    if (text.size() != file_bytes || text.back() != '\n') return std::nullopt;
    SecretSeed seed;
    for (std::size_t i = 0; i < digits; ++i) {
        const std::size_t value = hex_digits.find(static_cast<char>(text[i]));
        if (value == hex_digits.npos) return std::nullopt;
        Byte& byte = seed.writable()[i / 2];
        byte = static_cast<Byte>(std::size_t{byte} << 4U | value);
    }
    return seed;
}

}  // namespace

Result<SecretSeed, StartError> load_or_make_key(const std::filesystem::path& path) {
    const auto text = read_private_file(path, file_bytes);
    if (!text) return unexpected{text.error()};
    if (!*text) {
        const SecretSeed seed = fresh_secret();
        if (auto written = write_private_file(path, text_of(seed)); !written)
            return unexpected{written.error()};
        return SecretSeed{seed};
    }
    if (auto seed = seed_of(**text)) return *std::move(seed);
    return unexpected{StartError{
        .what = path.string() + " is not a key file: it should be one line of 64 digits 0-9, a-f",
        .advice =
            "put back the file that was there, or move this one away: then a new key is made"}};
}

}  // namespace bezant::net
