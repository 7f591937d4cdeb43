// SPDX-License-Identifier: Apache-2.0
// Any text is refused, or is an address whose own text is read as the same one.
#include "base/check.hpp"
#include "node/network_address.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace bezant;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto address = network_address_from_text(text);
    if (!address) return 0;
    const std::string written = to_text(*address);
    CHECK(written.size() <= 47, "eight groups, two brackets, a port");
    CHECK(network_address_from_text(written) == *address, "an address is read as it is written");
    return 0;
}
