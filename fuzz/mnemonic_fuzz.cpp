// SPDX-License-Identifier: Apache-2.0
// Any text is either refused with a sentence, or is the phrase of the entropy that it stands for,
// but for capitals and white space.
#include <string>

#include "base/check.hpp"
#include "crypto/mnemonic.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace bezant;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto entropy = mnemonic_entropy(text);
    if (!entropy) {
        CHECK(!entropy.error().text.empty(), "a refusal says why");
        return 0;
    }
    CHECK(is_mnemonic_entropy_size(entropy->size()), "entropy has one of five sizes");
    const SecretBuffer phrase = mnemonic_phrase(*entropy);
    CHECK(mnemonic_entropy(as_text(phrase)) == *entropy, "one entropy a phrase");
    CHECK(phrase.size() <= size, "a phrase is the shortest text of its entropy");
    return 0;
}
