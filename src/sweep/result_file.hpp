// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "crypto/hash.hpp"
#include "report/measures.hpp"
#include "sweep/database.hpp"
#include "sweep/plan.hpp"
#include "sweep/run.hpp"

namespace bezant::sweep {

enum class FileFault : std::uint8_t {
    unusable,      ///< it cannot be read, written, or is in use
    another_plan,  ///< it holds the results of another sweep
};

struct FileFailure {
    FileFault fault{};
    Failure failure;
};

/// A measure of the sweep, as the file knows it.
struct KnownMeasure {
    std::string name;
    report::MeasureKind kind{};
};

/// The results of a sweep in SQLite (docs/sweeps.md): a run is wholly in it, or not at all.
class ResultFile {
public:
    /// Makes the file, or goes on with what is in it if that is of the same plan. The plan must
    /// outlive it.
    [[nodiscard]] static Result<ResultFile, FileFailure> open(const std::string& path,
                                                              const Plan& plan,
                                                              const Hash256& plan_hash,
                                                              std::string_view version);

    /// All runs that are there, by cell and number: each with its error, if it has one, and the
    /// measure of this name, if it has that.
    void for_each_run(const std::string& measure,
                      const std::function<void(Job, const RunResult&)>& visit);

    /// Adds a run, and takes away those of its cell from this number on.
    void add(Job job, const RunResult& result, std::optional<std::uint32_t> closed_at);

    /// After the last run: makes the statistics and the view, and leaves a single file.
    void finish();

    /// In the plan's order, or by name if the plan has all.
    [[nodiscard]] std::vector<KnownMeasure> measures();
    [[nodiscard]] Database& database() { return database_; }
    /// Why the last of these could not be done; empty if all could.
    [[nodiscard]] const std::string& error() const { return database_.error(); }

private:
    ResultFile(Database database, const Plan& plan);

    void create(const Hash256& plan_hash, std::string_view version);
    [[nodiscard]] bool is_of(const Hash256& plan_hash, std::string_view version);
    [[nodiscard]] bool keeps(const std::string& measure) const;
    void make_statistics();
    void make_view();

    Database database_;
    const Plan* plan_;
    std::optional<Statement> add_run_;
    std::optional<Statement> add_measure_;
    std::optional<Statement> add_kind_;
};

}  // namespace bezant::sweep
