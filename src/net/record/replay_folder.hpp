// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.hpp"
#include "net/record/replay.hpp"
#include "net/start_error.hpp"
#include "storage/stored_ledger.hpp"

namespace bezant::net {

/// A folder of the system's for temporary things, removed with all in it at the end: a replay has a
/// disk as the node had one, and leaves nothing behind.
class ReplayFolder {
public:
    [[nodiscard]] static Result<ReplayFolder, StartError> make();
    ReplayFolder(ReplayFolder&& other) noexcept;
    ReplayFolder& operator=(ReplayFolder&& other) = delete;
    ~ReplayFolder();

    /// Where the store lies, or is to be made.
    [[nodiscard]] std::filesystem::path store() const { return path_ / "store"; }

    /// Puts a store there as this one is, which stays as it is. Files that are never changed are
    /// shared with it where the file system can; the others are copied.
    [[nodiscard]] Result<void, StartError> take_store(const std::filesystem::path& original) const;

private:
    explicit ReplayFolder(std::filesystem::path path) : path_(std::move(path)) {}

    std::filesystem::path path_;
};

/// The store with which this record began: a new one, or one as was left beside the record.
[[nodiscard]] Result<std::unique_ptr<storage::StoredLedger>, ReplayError> open_recorded_store(
    const std::filesystem::path& record, const RecordStart& start, const ReplayFolder& folder);

}  // namespace bezant::net
