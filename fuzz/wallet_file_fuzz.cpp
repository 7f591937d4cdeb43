// SPDX-License-Identifier: Apache-2.0
// Any bytes are either refused, at a place inside them, or are the one encoding of a wallet file,
// whose keyring can be made and asks a bearable price of whoever opens it.
#include "base/check.hpp"
#include "wallet/wallet_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace bezant;
    // Few inputs have a right checksum by chance: each is also tried with the right one.
    for (const bool mend : {false, true}) {
        Bytes bytes{data, data + size};
        if (mend) {
            const Hash256 checksum = sha256(bytes);
            bytes.insert(bytes.end(), checksum.bytes.begin(), checksum.bytes.end());
        }
        const auto file = wallet::wallet_file_from_bytes(bytes);
        if (!file) {
            CHECK(file.error().offset <= bytes.size(), "an error lies in the input");
            continue;
        }
        CHECK(encoded(*file) == bytes, "one encoding a wallet file");
        CHECK(!file->secret || is_bearable(file->secret->lock.cost), "the cost is bearable");
        const wallet::Keyring keyring = file->keyring();
        CHECK(keyring.key_count() * PublicKey::size() < bytes.size(), "each key is there once");
    }
    return 0;
}
