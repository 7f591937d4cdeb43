// SPDX-License-Identifier: Apache-2.0
// A store that is not what it should be is refused with a word that helps, and left as it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include <fstream>
#include <functional>
#include <stdexcept>

#include "ledger/parameters.hpp"
#include "storage/stored_ledger.hpp"
#include "tests/support/temporary_folder.hpp"

namespace bezant::storage {
namespace {

using test::TemporaryFolder;
using testing::HasSubstr;

const Parameters& local() {
    static const Parameters parameters = built_in_parameters("local").value();
    return parameters;
}

/// The error of opening the folder, which must be refused.
OpenError refusal(const std::string& folder, const Parameters& parameters = local()) {
    auto opened = StoredLedger::open(folder, parameters);
    EXPECT_FALSE(opened) << "it should be refused";
    return opened ? OpenError{} : opened.error();
}

void make_store(const std::string& folder) {
    ASSERT_TRUE(StoredLedger::open(folder, local()).has_value());
}

void put_meta(const std::string& folder, ByteView key, ByteView value) {
    auto database = Database::open(folder).value();
    Database::Batch batch{database};
    batch.put(Family::meta, key, value);
    ASSERT_TRUE(database.write(std::move(batch)));
}

TEST(OpeningAStore, MakesANewOneThatStaysWhatItIs) {
    const TemporaryFolder folder;
    const std::string store = folder.file("a/b/store");
    for (int life = 0; life < 2; ++life) {
        const auto ledger = StoredLedger::open(store, local()).value();
        EXPECT_EQ(ledger->tip(), local().genesis_hash);
        EXPECT_EQ(ledger->block(local().genesis_hash), local().genesis);
    }
}

TEST(OpeningAStore, OneProcessAtATime) {
    const TemporaryFolder folder;
    const auto first = StoredLedger::open(folder.file("store"), local()).value();
    const OpenError error = refusal(folder.file("store"));
    EXPECT_EQ(error.fault, OpenFault::in_use);
    EXPECT_THAT(error.text, HasSubstr(folder.file("store")));
    EXPECT_THAT(error.text, HasSubstr("is in use by another process"));
}

TEST(OpeningAStore, AnotherNetworksIsRefused) {
    const TemporaryFolder folder;
    make_store(folder.file("store"));
    const OpenError error = refusal(folder.file("store"), built_in_parameters("test").value());
    EXPECT_EQ(error.fault, OpenFault::other_network);
    EXPECT_THAT(error.text, HasSubstr("another network than \"test\""));
}

TEST(OpeningAStore, ALaterFormatIsRefused) {
    const TemporaryFolder folder;
    make_store(folder.file("store"));
    put_meta(folder.file("store"), meta_format(), Bytes{2, 0, 0, 0});
    const OpenError error = refusal(folder.file("store"));
    EXPECT_EQ(error.fault, OpenFault::newer_format);
    EXPECT_THAT(error.text, HasSubstr("update Bezant"));
}

/// Changes the families of a database behind its back.
void change_families(
    const std::string& folder,
    const std::function<rocksdb::Status(rocksdb::DB&, rocksdb::ColumnFamilyHandle&)>& change) {
    std::vector<std::string> names;
    ASSERT_TRUE(rocksdb::DB::ListColumnFamilies({}, folder, &names).ok());
    std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
    for (const std::string& name : names)
        descriptors.emplace_back(name, rocksdb::ColumnFamilyOptions{});
    rocksdb::DB* database = nullptr;
    std::vector<rocksdb::ColumnFamilyHandle*> families;
    ASSERT_TRUE(rocksdb::DB::Open({}, folder, descriptors, &families, &database).ok());
    ASSERT_TRUE(change(*database, *families.back()).ok());
    for (rocksdb::ColumnFamilyHandle* family : families)
        ASSERT_TRUE(database->DestroyColumnFamilyHandle(family).ok());
    delete database;
}

TEST(OpeningAStore, OneWithoutTheLatestFamilyIsTaken) {
    const TemporaryFolder folder;
    make_store(folder.file("store"));
    change_families(folder.file("store"),
                    [](rocksdb::DB& database, rocksdb::ColumnFamilyHandle& last) {
                        EXPECT_EQ(last.GetName(), "address_index");
                        return database.DropColumnFamily(&last);
                    });
    const auto ledger = StoredLedger::open(folder.file("store"), local()).value();
    EXPECT_EQ(ledger->block(local().genesis_hash), local().genesis);
    EXPECT_FALSE(ledger->database().get(Family::address_index, as_bytes("key")));
}

TEST(OpeningAStore, OneWithAFamilyOfALaterVersionIsRefused) {
    const TemporaryFolder folder;
    make_store(folder.file("store"));
    change_families(folder.file("store"), [](rocksdb::DB& database, rocksdb::ColumnFamilyHandle&) {
        rocksdb::ColumnFamilyHandle* added = nullptr;
        auto status = database.CreateColumnFamily({}, "of_tomorrow", &added);
        if (status.ok()) status = database.DestroyColumnFamilyHandle(added);
        return status;
    });
    EXPECT_EQ(refusal(folder.file("store")).fault, OpenFault::newer_format);
}

TEST(OpeningAStore, AFolderWithOtherThingsIsLeftAlone) {
    const TemporaryFolder folder;
    std::ofstream{folder.file("letter.txt")} << "dear diary";
    const OpenError error = refusal(folder.path());
    EXPECT_EQ(error.fault, OpenFault::not_a_store);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator{folder.path()}, {}), 1);
}

TEST(OpeningAStore, AFileInItsPlaceIsRefused) {
    const TemporaryFolder folder;
    std::ofstream{folder.file("store")} << "not a folder";
    EXPECT_EQ(refusal(folder.file("store")).fault, OpenFault::unreachable);
}

TEST(OpeningAStore, ADamagedOneIsRefused) {
    const TemporaryFolder folder;
    make_store(folder.file("store"));
    for (const auto& entry : std::filesystem::directory_iterator{folder.file("store")}) {
        if (!entry.path().filename().string().starts_with("MANIFEST")) continue;
        std::fstream file{entry.path(), std::ios::in | std::ios::out | std::ios::binary};
        file.seekp(20);
        file << "damage";
    }
    const OpenError error = refusal(folder.file("store"));
    EXPECT_EQ(error.fault, OpenFault::damaged);
    EXPECT_THAT(error.text, HasSubstr("move it away"));
}

TEST(ReadingAStore, ADamagedRecordIsToldToTheOperator) {
    struct Told : std::runtime_error {
        using std::runtime_error::runtime_error;
    };
    const TemporaryFolder folder;
    const auto ledger =
        StoredLedger::open(folder.file("store"), local(),
                           {.failed = [](const std::string& text) { throw Told{text}; }})
            .value();
    const OutPoint outpoint{.transaction = {}, .index = 7};
    Database::Batch batch{ledger->database()};
    batch.put(Family::coins, coin_key(outpoint), Bytes{1, 2, 3});
    ASSERT_TRUE(ledger->database().write(std::move(batch)));
    try {
        (void)ledger->coin(outpoint);
        ADD_FAILURE() << "a damaged record was given";
    } catch (const Told& told) {
        EXPECT_THAT(told.what(), HasSubstr("is damaged (Corruption: height at byte 0"));
        EXPECT_THAT(told.what(), HasSubstr("move it away"));
    }
}

}  // namespace
}  // namespace bezant::storage
