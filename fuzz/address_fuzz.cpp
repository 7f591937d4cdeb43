// SPDX-License-Identifier: Apache-2.0
// Any text is either refused with a sentence, or is the address of the owner that it names.
#include <string>
#include <string_view>

#include "base/check.hpp"
#include "ledger/address.hpp"

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
    const auto owner = bezant::owner_of_address(text, "tbzt");
    if (owner) {
        CHECK(bezant::address_of(*owner, "tbzt") == in_lower_case(text), "one address an owner");
    } else {
        CHECK(!owner.error().text.empty(), "a refusal says why");
    }
    return 0;
}
