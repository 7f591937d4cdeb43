// SPDX-License-Identifier: Apache-2.0
#include "net/record/replay_folder.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <utility>

#include "net/record/recorder.hpp"

namespace bezant::net {

namespace {

using std::filesystem::path;

StartError folder_error(const std::error_code& failure) {
    return {.what = "cannot make a folder where temporary files go: " + failure.message(),
            .advice = "name another place for them with TMPDIR"};
}

/// Tables and blobs of RocksDB are written once.
bool is_never_changed(const path& file) {
    return file.extension() == ".sst" || file.extension() == ".blob";
}

void take_file(const path& from, const path& to, std::error_code& failure) {
    if (is_never_changed(from)) {
        std::filesystem::create_hard_link(from, to, failure);
        if (!failure) return;
        failure.clear();
    }
    std::filesystem::copy_file(from, to, failure);
}

ReplayError store_error(std::string what) {
    return {.is_of_record = true,
            .what = std::move(what),
            .advice = "bring the folder that lay beside the record to this place"};
}

}  // namespace

Result<ReplayFolder, StartError> ReplayFolder::make() {
    std::error_code failure;
    const path parent = std::filesystem::temp_directory_path(failure);
    std::string name = (parent / "bezant-replay-XXXXXX").string();
    if (!failure && mkdtemp(name.data()) == nullptr) failure = {errno, std::generic_category()};
    if (failure) return unexpected{folder_error(failure)};
    return ReplayFolder{name};
}

ReplayFolder::ReplayFolder(ReplayFolder&& other) noexcept
    : path_(std::exchange(other.path_, path{})) {}

ReplayFolder::~ReplayFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

Result<void, StartError> ReplayFolder::take_store(const path& original) const {
    std::error_code failure;
    std::filesystem::create_directory(store(), failure);
    for (auto file = std::filesystem::directory_iterator{original, failure};
         !failure && file != std::filesystem::directory_iterator{}; file.increment(failure)) {
        take_file(file->path(), store() / file->path().filename(), failure);
        if (failure) break;
    }
    if (!failure) return {};
    return unexpected{
        StartError{.what = "cannot copy the store " + original.string() + " to " +
                           store().string() + ": " + failure.message(),
                   .advice = "see to the space there, or name another folder with TMPDIR"}};
}

Result<std::unique_ptr<storage::StoredLedger>, ReplayError> open_recorded_store(
    const path& record, const RecordStart& start, const ReplayFolder& folder) {
    const path original = recorded_store(record);
    if (start.store.blocks != 0) {
        if (!storage::is_database(original.string())) {
            return unexpected{
                store_error("the record began with " + std::to_string(start.store.blocks) +
                            " stored blocks, and there is no store in " + original.string())};
        }
        if (auto taken = folder.take_store(original); !taken)
            return unexpected{error_around(taken.error())};
    }
    auto ledger =
        storage::StoredLedger::open(folder.store().string(), start.parameters, {.synced = false});
    if (!ledger) return unexpected{error_around({.what = ledger.error().text, .advice = {}})};
    if (mark_of(**ledger) != start.store) {
        return unexpected{store_error("the store in " + original.string() +
                                      " is not the one that the record began with")};
    }
    return *std::move(ledger);
}

}  // namespace bezant::net
