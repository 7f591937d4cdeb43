// SPDX-License-Identifier: Apache-2.0
// Any bytes are either refused, at a place inside them, or are the one encoding of an unsigned
// payment, whose fee can be told and whose text can be read.
#include "base/check.hpp"
#include "wallet/unsigned_payment.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace bezant;
    (void)wallet::unsigned_payment_from_text({reinterpret_cast<const char*>(data), size});
    // Few inputs have a right checksum by chance: each is also tried with the right one.
    for (const bool mend : {false, true}) {
        Bytes bytes{data, data + size};
        if (mend) {
            const Hash256 checksum = sha256(bytes);
            bytes.insert(bytes.end(), checksum.bytes.begin(), checksum.bytes.end());
        }
        const auto payment = wallet::unsigned_payment_from_bytes(bytes);
        if (!payment) {
            CHECK(payment.error().offset <= bytes.size(), "an error lies in the input");
            continue;
        }
        CHECK(encoded(*payment) == bytes, "one encoding an unsigned payment");
        CHECK(payment->spent.size() == payment->transaction.inputs.size(), "a coin an input");
        (void)wallet::fee_of(*payment);
        CHECK(wallet::unsigned_payment_from_text(wallet::to_hex_text(*payment)) == *payment,
              "what is written can be read");
    }
    return 0;
}
