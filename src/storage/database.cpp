// SPDX-License-Identifier: Apache-2.0
#include "storage/database.hpp"

#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/perf_level.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.hpp"

namespace bezant::storage {

namespace {

constexpr std::array<std::string_view, family_count> family_names{
    "default", "blocks", "block_index",       "coins",        "undo",
    "bans",    "wallet", "transaction_index", "address_index"};
constexpr int environment_exit_code = 4;
constexpr int bloom_bits_per_key = 10;
constexpr double memory_filter_share = 0.02;
constexpr int open_files_max = 256;
constexpr std::size_t log_file_bytes_max = std::size_t{1} << 20U;
constexpr std::uint64_t blob_bytes_min = 512;
constexpr std::size_t address_bytes = 32;

rocksdb::Slice slice(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

ByteView view(const rocksdb::Slice& slice) {
    return {reinterpret_cast<const Byte*>(slice.data()), slice.size()};
}

/// Filters and indices are read in parts and share the cache, so that memory stays bounded however
/// many coins there are.
rocksdb::BlockBasedTableOptions table_options(std::shared_ptr<rocksdb::Cache> cache) {
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = std::move(cache);
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(bloom_bits_per_key));
    table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
    table.partition_filters = true;
    table.cache_index_and_filter_blocks = true;
    table.pin_l0_filter_and_index_blocks_in_cache = true;
    return table;
}

rocksdb::ColumnFamilyOptions family_options(Family family, std::shared_ptr<rocksdb::Cache> cache) {
    rocksdb::ColumnFamilyOptions options;
    options.table_factory.reset(
        rocksdb::NewBlockBasedTableFactory(table_options(std::move(cache))));
    // Whether a coin or an address is there is asked of what was written last, too. A filter in
    // memory takes its room whether it is used or not.
    options.memtable_whole_key_filtering = true;
    if (family == Family::coins || family == Family::address_index)
        options.memtable_prefix_bloom_size_ratio = memory_filter_share;
    // Hashes, keys and signatures do not get shorter.
    options.compression = rocksdb::kNoCompression;
    // Written once and read whole: not to be carried through the levels.
    options.enable_blob_files = family == Family::blocks || family == Family::undo;
    options.min_blob_size = blob_bytes_min;
    // Most addresses of a block are new: that there is nothing of them yet must cost no read.
    if (family == Family::address_index)
        options.prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(address_bytes));
    return options;
}

rocksdb::DBOptions database_options(const DatabaseOptions& chosen) {
    rocksdb::DBOptions options;
    options.create_if_missing = true;
    options.create_missing_column_families = true;
    options.paranoid_checks = true;
    options.max_open_files = open_files_max;
    options.db_write_buffer_size = chosen.write_buffer_bytes;
    options.max_total_wal_size = 2 * chosen.write_buffer_bytes;
    options.max_log_file_size = log_file_bytes_max;
    options.keep_log_file_num = 2;
    options.info_log_level = rocksdb::WARN_LEVEL;
    options.stats_dump_period_sec = 0;
    options.stats_persist_period_sec = 0;
    return options;
}

/// What is wrong with the folder, before the database looks at it.
std::optional<OpenError> fault_of_folder(const std::string& folder) {
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    const bool is_empty = !failure && std::filesystem::is_empty(folder, failure);
    if (failure) {
        return open_error(OpenFault::unreachable, folder,
                          "cannot be reached (" + failure.message() +
                              "): choose a folder that this user may write to");
    }
    if (is_empty || is_database(folder)) return std::nullopt;
    return open_error(OpenFault::not_a_store, folder,
                      "is a folder with other things in it: choose one that is empty or new");
}

/// A family that this version does not know was made by a later one.
bool has_unknown_family(const rocksdb::DBOptions& options, const std::string& folder) {
    std::vector<std::string> names;
    if (!rocksdb::DB::ListColumnFamilies(options, folder, &names).ok()) return false;
    return std::ranges::any_of(names, [](const std::string& name) {
        return std::ranges::find(family_names, name) == family_names.end();
    });
}

OpenError explain(const rocksdb::Status& status, const std::string& folder) {
    const std::string said = status.ToString();
    if (said.find("lock") != std::string::npos || said.find("Lock") != std::string::npos) {
        return open_error(OpenFault::in_use, folder,
                          "is in use by another process: end that one, or choose another folder");
    }
    if (status.IsCorruption()) {
        return open_error(
            OpenFault::damaged, folder,
            "is damaged (" + said +
                "): move it away and let the node fetch the ledger again; wallet keys "
                "are kept apart and stay");
    }
    return open_error(OpenFault::unreachable, folder,
                      "cannot be opened (" + said + "): see to the disk and to the folder's owner");
}

}  // namespace

bool is_database(const std::string& folder) {
    std::error_code failure;
    return std::filesystem::exists(std::filesystem::path{folder} / "CURRENT", failure);
}

OpenError open_error(OpenFault fault, const std::string& folder, const std::string& what) {
    return {.fault = fault, .text = "the store in \"" + folder + "\" " + what};
}

struct Database::Handle {
    std::string folder;
    DatabaseOptions options;
    std::unique_ptr<rocksdb::DB> database;
    std::vector<rocksdb::ColumnFamilyHandle*> families;

    Handle(std::string where, DatabaseOptions chosen)
        : folder(std::move(where)), options(std::move(chosen)) {}
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
        for (rocksdb::ColumnFamilyHandle* family : families)
            (void)database->DestroyColumnFamilyHandle(family);
        if (database) (void)database->Close();
    }

    [[nodiscard]] rocksdb::ColumnFamilyHandle* of(Family family) const {
        return families[static_cast<std::size_t>(family)];
    }

    /// Lets go of all that a family has; it is there again, and empty, when the database is opened.
    [[nodiscard]] rocksdb::Status drop(Family family) const {
        return database->DropColumnFamily(of(family));
    }

    rocksdb::Status open(const rocksdb::DBOptions& chosen) {
        const auto cache = rocksdb::NewLRUCache(options.cache_bytes);
        std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
        for (std::size_t i = 0; i < family_count; ++i) {
            descriptors.emplace_back(std::string{family_names[i]},
                                     family_options(static_cast<Family>(i), cache));
        }
        rocksdb::DB* opened = nullptr;
        rocksdb::Status status = rocksdb::DB::Open(chosen, folder, descriptors, &families, &opened);
        database.reset(opened);
        return status;
    }
};

struct Database::Batch::Changes {
    const Handle& database;
    rocksdb::WriteBatch list{};
};

Database::Batch::Batch(const Database& database)
    : changes_(std::make_unique<Changes>(*database.handle_)) {}
Database::Batch::~Batch() = default;
Database::Batch::Batch(Batch&&) noexcept = default;
Database::Batch& Database::Batch::operator=(Batch&&) noexcept = default;

void Database::Batch::put(Family family, ByteView key, ByteView value) {
    const auto added = changes_->list.Put(changes_->database.of(family), slice(key), slice(value));
    CHECK(added.ok(), "a batch in memory takes in changes");
}

void Database::Batch::remove(Family family, ByteView key) {
    const auto added = changes_->list.Delete(changes_->database.of(family), slice(key));
    CHECK(added.ok(), "a batch in memory takes in changes");
}

Database::Database(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

Result<Database, OpenError> Database::open(const std::string& folder, DatabaseOptions options) {
    if (auto fault = fault_of_folder(folder)) return unexpected{std::move(*fault)};
    const rocksdb::DBOptions chosen = database_options(options);
    if (has_unknown_family(chosen, folder)) {
        return unexpected{
            open_error(OpenFault::newer_format, folder,
                       "was written by a later version of Bezant: update this one, or "
                       "choose another folder")};
    }
    // Nobody reads what it counts at each step.
    rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);
    auto handle = std::make_unique<Handle>(folder, std::move(options));
    const rocksdb::Status status = handle->open(chosen);
    if (!status.ok()) return unexpected{explain(status, folder)};
    return Database{std::move(handle)};
}

const std::string& Database::folder() const { return handle_->folder; }

std::optional<Bytes> Database::get(Family family, ByteView key) const {
    rocksdb::PinnableSlice value;
    const rocksdb::Status status =
        handle_->database->Get({}, handle_->of(family), slice(key), &value);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok()) fail(status.ToString());
    const ByteView bytes = view(value);
    return Bytes{bytes.begin(), bytes.end()};
}

void Database::scan(Family family,
                    const std::function<bool(ByteView key, ByteView value)>& visit) const {
    rocksdb::ReadOptions options;
    options.fill_cache = false;
    options.total_order_seek = true;
    const std::unique_ptr<rocksdb::Iterator> place{
        handle_->database->NewIterator(options, handle_->of(family))};
    for (place->SeekToFirst(); place->Valid(); place->Next()) {
        if (!visit(view(place->key()), view(place->value()))) return;
    }
    if (!place->status().ok()) fail(place->status().ToString());
}

void Database::scan_back(Family family, ByteView prefix, ByteView end,
                         const std::function<bool(ByteView key, ByteView value)>& visit) const {
    rocksdb::ReadOptions options;
    options.prefix_same_as_start = true;
    const rocksdb::Slice first = slice(prefix);
    options.iterate_lower_bound = &first;
    const std::unique_ptr<rocksdb::Iterator> place{
        handle_->database->NewIterator(options, handle_->of(family))};
    place->SeekForPrev(slice(end));
    if (place->Valid() && place->key() == slice(end)) place->Prev();
    for (; place->Valid() && place->key().starts_with(first); place->Prev())
        if (!visit(view(place->key()), view(place->value()))) return;
    if (!place->status().ok()) fail(place->status().ToString());
}

Result<void, OpenError> Database::copy_to(const std::string& folder,
                                          std::span<const Family> left_out) const {
    rocksdb::Checkpoint* made = nullptr;
    rocksdb::Status status = rocksdb::Checkpoint::Create(handle_->database.get(), &made);
    const std::unique_ptr<rocksdb::Checkpoint> checkpoint{made};
    if (status.ok()) status = checkpoint->CreateCheckpoint(folder);
    Handle copy{folder, handle_->options};
    if (status.ok()) status = copy.open(database_options(copy.options));
    for (const Family family : left_out)
        if (status.ok()) status = copy.drop(family);
    if (status.ok()) return {};
    return unexpected{open_error(
        OpenFault::unreachable, folder,
        "cannot be made (" + status.ToString() + "): see to the disk and to the folder's owner")};
}

Result<void, StorageError> Database::write(Batch&& batch) {
    rocksdb::WriteOptions options;
    options.sync = handle_->options.synced;
    if (!handle_->database->Write(options, &batch.changes_->list).ok())
        return unexpected{StorageError::write_failed};
    return {};
}

void Database::fail(const std::string& what) const {
    end_with(explain(rocksdb::Status::Corruption(what), handle_->folder).text);
}

void Database::fail_to_write() const {
    end_with(open_error(OpenFault::unreachable, handle_->folder,
                        "cannot be written: see to the space on the disk")
                 .text);
}

void Database::end_with(const std::string& text) const {
    if (handle_->options.failed) handle_->options.failed(text);
    std::fprintf(stderr, "bezant: %s\n", text.c_str());
    std::_Exit(environment_exit_code);
}

}  // namespace bezant::storage
