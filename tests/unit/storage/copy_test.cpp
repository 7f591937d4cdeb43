// SPDX-License-Identifier: Apache-2.0
// A copy of a database has what it had at that moment, and nothing of what is left out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "storage/database.hpp"
#include "tests/support/temporary_folder.hpp"

namespace bezant::storage {
namespace {

using test::TemporaryFolder;
using testing::HasSubstr;

constexpr std::string_view private_words = "what nobody else need know";

void put(Database& database, Family family, std::string_view key, std::string_view value) {
    Database::Batch batch{database};
    batch.put(family, as_bytes(key), as_bytes(value));
    ASSERT_TRUE(database.write(std::move(batch)));
}

bool any_file_contains(const std::string& folder, std::string_view words) {
    return std::ranges::any_of(std::filesystem::directory_iterator{folder}, [&](const auto& entry) {
        std::ifstream file{entry.path(), std::ios::binary};
        const std::string held{std::istreambuf_iterator<char>{file}, {}};
        return held.find(words) != held.npos;
    });
}

class Copy : public testing::Test {
protected:
    Copy() {
        put(database, Family::blocks, "block", "body");
        put(database, Family::wallet, "coin", private_words);
    }
    [[nodiscard]] Result<void, OpenError> copy() const {
        constexpr std::array left_out{Family::wallet, Family::bans};
        return database.copy_to(folder.file("copy"), left_out);
    }

    const TemporaryFolder folder;
    Database database = Database::open(folder.file("store")).value();
};

TEST_F(Copy, HasWhatWasThereAndGoesItsOwnWay) {
    ASSERT_TRUE(copy());
    put(database, Family::blocks, "later", "body");
    auto copied = Database::open(folder.file("copy")).value();
    EXPECT_TRUE(copied.get(Family::blocks, as_bytes("block")));
    EXPECT_FALSE(copied.get(Family::blocks, as_bytes("later")));
    put(copied, Family::blocks, "other", "body");
    EXPECT_FALSE(database.get(Family::blocks, as_bytes("other")));
}

TEST_F(Copy, HasNothingOfWhatIsLeftOut) {
    ASSERT_TRUE(copy());
    EXPECT_TRUE(any_file_contains(folder.file("store"), private_words));
    EXPECT_FALSE(any_file_contains(folder.file("copy"), private_words));
    const auto copied = Database::open(folder.file("copy")).value();
    EXPECT_FALSE(copied.get(Family::wallet, as_bytes("coin")));
    EXPECT_TRUE(database.get(Family::wallet, as_bytes("coin")));
}

TEST_F(Copy, AFolderThatIsThereIsRefused) {
    std::filesystem::create_directory(folder.file("copy"));
    const auto refused = copy();
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text, HasSubstr(folder.file("copy")));
}

}  // namespace
}  // namespace bezant::storage
