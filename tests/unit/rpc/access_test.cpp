// SPDX-License-Identifier: Apache-2.0
#include "rpc/access.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace bezant::rpc {
namespace {

TEST(Access, AddressesAndLocalhostAreTrusted) {
    for (const char* host : {"localhost", "LocalHost", "localhost:27332", "127.0.0.1",
                             "127.0.0.1:27332", "192.0.2.7:1", "[::1]", "[::1]:27332"})
        EXPECT_TRUE(is_trusted_host(host, {})) << host;
}

TEST(Access, NamesAreNotTrustedButThoseThatWereGiven) {
    const std::vector<std::string> names{"node.example"};
    for (const char* host :
         {"", ":27332", "evil.example", "evil.example:27332", "localhost.evil.example",
          "127.0.0.1.evil.example", "localhost:evil", "localhost:123456", "[::1", "[::1]x", "::1",
          "127.0.0.1:1:2", "127.1", "0x7f.0.0.1", "node.example.", "localhost@evil.example"}) {
        EXPECT_FALSE(is_trusted_host(host, names)) << host;
    }
    EXPECT_TRUE(is_trusted_host("Node.example:80", names));
    EXPECT_FALSE(is_trusted_host("node.example", {}));
}

TEST(Access, OnlyTheServersOwnPagesMayCall) {
    EXPECT_TRUE(is_own_origin("http://localhost:27332", "localhost:27332"));
    for (const char* origin :
         {"null", "", "http://", "http://localhost", "http://localhost:1", "http://evil.example",
          "https://localhost:27332", "localhost:27332", "http://localhost:27332.evil.example"})
        EXPECT_FALSE(is_own_origin(origin, "localhost:27332")) << origin;
}

TEST(Access, EqualIsEqual) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time("secret", "secret"));
    EXPECT_FALSE(equal_in_constant_time("secret", "secre"));
    EXPECT_FALSE(equal_in_constant_time("secret", "Secret"));
    EXPECT_FALSE(equal_in_constant_time("secret", "secreT"));
    EXPECT_FALSE(equal_in_constant_time("secret", ""));
}

// RFC 4648, section 10, and RFC 7617, section 2.
TEST(Access, Base64) {
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foo"), "Zm9v");
    EXPECT_EQ(base64("foob"), "Zm9vYg==");
    EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64("\xff\xfe\xfb"), "//77");
    EXPECT_EQ(basic_authorization("Aladdin:open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

}  // namespace
}  // namespace bezant::rpc
