// SPDX-License-Identifier: Apache-2.0
#include "net/key_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "base/hex.hpp"
#include "net/private_file.hpp"
#include "tests/support/temporary_folder.hpp"

namespace bezant::net {
namespace {

using bezant::test::TemporaryFolder;

PublicKey public_key_in(const std::string& path) {
    return SigningKey::from_seed(load_or_make_key(path).value()).public_key();
}

void write(const std::string& path, const std::string& text, mode_t mode = 0600) {
    std::ofstream{path} << text;
    ASSERT_EQ(chmod(path.c_str(), mode), 0);
}

mode_t mode_of(const std::string& path) {
    struct stat about{};
    EXPECT_EQ(stat(path.c_str(), &about), 0);
    return about.st_mode & 0777U;
}

TEST(KeyFile, IsMadeOnceAndKeptForItsOwnerAlone) {
    const TemporaryFolder folder;
    const std::string path = folder.file("identity.key");
    const PublicKey made = public_key_in(path);
    EXPECT_EQ(mode_of(path), 0600U);
    EXPECT_EQ(public_key_in(path), made);
    EXPECT_NE(public_key_in(folder.file("another.key")), made);
}

TEST(KeyFile, HoldsTheSeedAsText) {
    const TemporaryFolder folder;
    const std::string path = folder.file("identity.key");
    // RFC 8032, section 7.1, test 1.
    write(path, "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60\n");
    EXPECT_EQ(to_hex(public_key_in(path).view()),
              "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
}

TEST(KeyFile, RefusesWhatIsNoKeyAndLeavesItAsItIs) {
    const TemporaryFolder folder;
    const std::string path = folder.file("identity.key");
    const std::string good(64, 'a');
    for (const std::string& text :
         {std::string{}, good, good + "\n\n", good.substr(1) + "\n", std::string(64, 'g') + "\n",
          std::string(64, 'A') + "\n", std::string(100'000, 'a')}) {
        write(path, text);
        const auto loaded = load_or_make_key(path);
        ASSERT_FALSE(loaded) << text.size();
        EXPECT_NE(loaded.error().what.find(path), std::string::npos);
        EXPECT_EQ(std::filesystem::file_size(path), text.size());
    }
}

TEST(KeyFile, RefusesOneThatOthersMayRead) {
    const TemporaryFolder folder;
    const std::string path = folder.file("identity.key");
    write(path, std::string(64, 'a') + "\n", 0640);
    const auto loaded = load_or_make_key(path);
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().advice, "chmod 600 " + path);
}

TEST(KeyFile, SaysWhatCannotBeWritten) {
    const TemporaryFolder folder;
    const auto made = load_or_make_key(folder.path() / "missing" / "identity.key");
    ASSERT_FALSE(made);
    EXPECT_NE(made.error().what.find("missing/identity.key"), std::string::npos);
    EXPECT_FALSE(made.error().advice.empty());
}

TEST(PrivateFile, TakesThePlaceOfTheOldOneWhole) {
    const TemporaryFolder folder;
    const std::string path = folder.file("secret");
    ASSERT_TRUE(write_private_file(path, as_bytes("a long first secret")));
    ASSERT_TRUE(write_private_file(path, as_bytes("second")));
    const auto read = read_private_file(path, 100);
    ASSERT_TRUE(read && *read);
    EXPECT_EQ(as_text(**read), "second");
    EXPECT_EQ(mode_of(path), 0600U);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator{folder.path()}, {}), 1);
}

TEST(PrivateStream, GrowsAtItsEndForItsOwnerAlone) {
    const TemporaryFolder folder;
    const std::string path = folder.file("stream");
    PrivateStream stream = PrivateStream::make(path).value();
    EXPECT_TRUE(stream.append(as_bytes("one, ")));
    EXPECT_TRUE(stream.append(as_bytes("two")));
    EXPECT_EQ(mode_of(path), 0600U);
    std::ifstream file{path};
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>{file}, {}), "one, two");
}

TEST(PrivateStream, RefusesANameThatIsTaken) {
    const TemporaryFolder folder;
    write(folder.file("taken"), "as it was");
    const auto refused = PrivateStream::make(folder.file("taken"));
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().what.find("is there already"), std::string::npos);
    EXPECT_EQ(std::filesystem::file_size(folder.file("taken")), 9U);
    EXPECT_FALSE(PrivateStream::make(folder.file("nowhere/stream")));
}

}  // namespace
}  // namespace bezant::net
