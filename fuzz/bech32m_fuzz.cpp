// SPDX-License-Identifier: Apache-2.0
// Any text is either refused or is, but for its case, what its parts encode to.
#include <string>
#include <string_view>

#include "base/check.hpp"
#include "crypto/bech32m.hpp"

namespace {

std::string in_lower_case(std::string_view text) {
    std::string lower{text};
    for (char& letter : lower) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return lower;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto parts = bezant::bech32m_decode_groups(text);
    if (!parts) return 0;
    const std::string lower = in_lower_case(text);
    CHECK(bezant::bech32m_encode_groups(parts->prefix, parts->groups) == lower,
          "decoded text encodes to itself");
    if (const auto bytes = bezant::bech32m_decode(parts->prefix, text)) {
        CHECK(bezant::bech32m_encode(parts->prefix, *bytes) == lower,
              "bytes have one text under a prefix");
    }
    return 0;
}
