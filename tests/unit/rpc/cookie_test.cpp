// SPDX-License-Identifier: Apache-2.0
#include "rpc/cookie.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <optional>

#include "tests/support/temporary_folder.hpp"

namespace bezant::test {
namespace {

using rpc::Cookie;

class Cookies : public testing::Test {
protected:
    [[nodiscard]] static std::array<Byte, 32> secret(Byte value) {
        std::array<Byte, 32> bytes{};
        bytes.fill(value);
        return bytes;
    }

    TemporaryFolder folder;
    const std::filesystem::path path = rpc::cookie_path(folder.path());
};

TEST_F(Cookies, AreReadByTheirOwnerOnlyAndGoWithTheNode) {
    {
        const auto cookie = Cookie::write(folder.path(), secret(0xab));
        ASSERT_TRUE(cookie);
        std::string expected = "__cookie__:";
        for (int i = 0; i < 32; ++i) expected += "ab";
        EXPECT_EQ(cookie->text(), expected);
        EXPECT_EQ(rpc::read_cookie(folder.path()), expected);
        EXPECT_EQ(std::filesystem::status(path).permissions(),
                  std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(Cookies, OneThatACrashLeftIsReplaced) {
    const std::filesystem::path elsewhere = folder.path() / "elsewhere";
    std::ofstream{elsewhere} << "precious";
    std::filesystem::create_symlink(elsewhere, path);
    std::filesystem::create_symlink(elsewhere, path.string() + ".new");
    std::optional first{Cookie::write(folder.path(), secret(1)).value()};
    const auto read = rpc::read_cookie(folder.path());
    EXPECT_EQ(read, first->text());
    EXPECT_FALSE(std::filesystem::is_symlink(path));
    EXPECT_EQ(std::filesystem::file_size(elsewhere), 8U) << "nobody writes through a link";
    const std::optional second{Cookie::write(folder.path(), secret(2)).value()};
    EXPECT_EQ(rpc::read_cookie(folder.path()), second->text());
}

TEST_F(Cookies, AFolderThatIsNotThereIsNamed) {
    const auto cookie = Cookie::write(folder.path() / "none", secret(1));
    ASSERT_FALSE(cookie);
    EXPECT_NE(cookie.error().find("none/.cookie"), std::string::npos) << cookie.error();
    EXPECT_NE(rpc::read_cookie(folder.path()).error().find(".cookie: No such file"),
              std::string::npos);
}

TEST_F(Cookies, AnotherFileIsNoCookie) {
    std::ofstream{path} << "__cookie__:12";
    EXPECT_FALSE(rpc::read_cookie(folder.path()));
    std::ofstream{path} << std::string(75, 'x');
    EXPECT_FALSE(rpc::read_cookie(folder.path()));
}

}  // namespace
}  // namespace bezant::test
