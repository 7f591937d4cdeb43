// SPDX-License-Identifier: Apache-2.0
#include "crypto/pbkdf2.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace bezant {
namespace {

std::string key_of(std::string_view password, std::string_view salt, std::uint32_t rounds) {
    return to_hex(pbkdf2_hmac_sha512(as_bytes(password), as_bytes(salt), rounds).view());
}

// The inputs of RFC 6070 with SHA-512; the figures are what Python's hashlib.pbkdf2_hmac gives.
TEST(Pbkdf2, GivesWhatAnotherImplementationGives) {
    EXPECT_EQ(key_of("password", "salt", 1),
              "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252"
              "c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce");
    EXPECT_EQ(key_of("password", "salt", 2),
              "e1d9c16aa681708a45f5c7c4e215ceb66e011a2e9f0040713f18aefdb866d53c"
              "f76cab2868a39b9f7840edce4fef5a82be67335c77a6068e04112754f27ccf4e");
    EXPECT_EQ(key_of("passwordPASSWORDpassword", "saltSALTsaltSALTsaltSALTsaltSALTsalt", 4096),
              "8c0511f4c6e597c6ac6315d8f0362e225f3c501495ba23b868c005174dc4ee71"
              "115b59f9e60cd9532fa33e0f75aefe30225c583a186cd82bd4daea9724a3d3b8");
}

TEST(Pbkdf2, NoRoundsAreABug) { EXPECT_DEATH((void)key_of("a", "b", 0), "at least one round"); }

}  // namespace
}  // namespace bezant
