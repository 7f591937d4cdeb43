// SPDX-License-Identifier: Apache-2.0
// Any text is either refused or is the hexadecimal form of what it decodes to.
#include <string>
#include <string_view>

#include "base/check.hpp"
#include "base/hex.hpp"

namespace {

std::string in_lower_case(std::string_view text) {
    std::string lower{text};
    for (char& letter : lower) {
        if (letter >= 'A' && letter <= 'F') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return lower;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (const auto bytes = bezant::from_hex(text)) {
        CHECK(bezant::to_hex(*bytes) == in_lower_case(text), "decoded text encodes to itself");
    }
    return 0;
}
