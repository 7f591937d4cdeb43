// SPDX-License-Identifier: Apache-2.0
#include "sweep/result_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/hex.hpp"
#include "sweep/estimate.hpp"

namespace bezant::sweep {

namespace {

constexpr std::int64_t format = 1;

constexpr std::array<std::string_view, 3> kind_names{"number", "proportion", "count"};

std::string_view name_of(report::MeasureKind kind) {
    return kind_names.at(static_cast<std::size_t>(kind));
}

report::MeasureKind kind_from(std::string_view name) {
    const auto found = std::ranges::find(kind_names, name);
    return static_cast<report::MeasureKind>(found == kind_names.end() ? 0
                                                                      : found - kind_names.begin());
}

constexpr const char* tables =
    "CREATE TABLE sweep (format INTEGER NOT NULL, name TEXT NOT NULL, scenario TEXT NOT NULL,"
    " version TEXT NOT NULL, plan_hash TEXT NOT NULL, finished INTEGER NOT NULL);"
    "CREATE TABLE runs (cell INTEGER NOT NULL, number INTEGER NOT NULL, seed INTEGER NOT NULL,"
    " digest TEXT, error TEXT, wall_seconds REAL NOT NULL, PRIMARY KEY (cell, number))"
    " WITHOUT ROWID;"
    "CREATE TABLE measures (cell INTEGER NOT NULL, number INTEGER NOT NULL, measure TEXT NOT NULL,"
    " value REAL NOT NULL, PRIMARY KEY (cell, number, measure)) WITHOUT ROWID;"
    "CREATE TABLE measure_kinds (measure TEXT PRIMARY KEY NOT NULL, kind TEXT NOT NULL)"
    " WITHOUT ROWID;"
    "CREATE TABLE statistics (cell INTEGER NOT NULL, measure TEXT NOT NULL, n INTEGER NOT NULL,"
    " mean REAL, low REAL, high REAL, PRIMARY KEY (cell, measure)) WITHOUT ROWID;";

void bind_or_null(Statement& statement, const std::optional<double>& value) {
    if (value) {
        statement.bind(*value);
    } else {
        statement.bind_null();
    }
}

void bind_or_null(Statement& statement, const std::string& text) {
    if (text.empty()) {
        statement.bind_null();
    } else {
        statement.bind(std::string_view{text});
    }
}

/// The measures of one cell: by name, and there by the number of the run.
using CellValues = std::map<std::string, std::map<std::int64_t, double>>;

}  // namespace

ResultFile::ResultFile(Database database, const Plan& plan)
    : database_(std::move(database)), plan_(&plan) {}

Result<ResultFile, FileFailure> ResultFile::open(const std::string& path, const Plan& plan,
                                                 const Hash256& plan_hash,
                                                 std::string_view version) {
    const auto unusable = [&](const std::string& why) {
        return unexpected(FileFailure{
            FileFault::unusable,
            {fmt::format("cannot use {}: {}", path, why),
             "is another sweep at work there? Otherwise choose another folder with --out"}});
    };
    auto opened = Database::open(path);
    if (!opened) return unusable(opened.error());
    ResultFile file{*std::move(opened), plan};
    auto count = file.database_.prepare("SELECT count(*) FROM sqlite_schema");
    const bool is_new = count.step() && count.integer(0) == 0;
    count.run();
    if (is_new) file.create(plan_hash, version);
    if (!file.error().empty()) return unusable(file.error());
    if (!file.is_of(plan_hash, version)) {
        return unexpected(FileFailure{
            FileFault::another_plan,
            {fmt::format("{} holds the results of another plan, scenario or version", path),
             "choose another folder with --out, or remove this one"}});
    }
    file.add_run_ = file.database_.prepare("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?)");
    file.add_measure_ = file.database_.prepare("INSERT INTO measures VALUES (?, ?, ?, ?)");
    file.add_kind_ = file.database_.prepare("INSERT OR IGNORE INTO measure_kinds VALUES (?, ?)");
    if (!file.error().empty()) return unusable(file.error());
    return file;
}

void ResultFile::create(const Hash256& plan_hash, std::string_view version) {
    database_.run("BEGIN");
    database_.run(tables);
    std::string columns = "cell INTEGER PRIMARY KEY";
    std::string places = "?";
    for (const std::string& key : plan_->keys) {
        columns += ", " + quoted_name(key);
        places += ", ?";
    }
    database_.run(fmt::format("CREATE TABLE cells ({})", columns));
    auto add_cell = database_.prepare(fmt::format("INSERT INTO cells VALUES ({})", places));
    for (std::size_t cell = 0; cell < plan_->cells.size(); ++cell) {
        add_cell.bind(static_cast<std::int64_t>(cell));
        for (const KeyValue& value : plan_->cells[cell])
            std::visit([&](const auto& stored) { add_cell.bind(stored); }, value.stored);
        add_cell.run();
    }
    database_.prepare("INSERT INTO sweep VALUES (?, ?, ?, ?, ?, 0)")
        .bind(format)
        .bind(plan_->name)
        .bind(plan_->scenario)
        .bind(version)
        .bind(to_hex(plan_hash.view()))
        .run();
    database_.run("COMMIT");
}

bool ResultFile::is_of(const Hash256& plan_hash, std::string_view version) {
    auto row = database_.prepare(
        "SELECT 1 FROM sqlite_schema WHERE name = 'sweep' AND sql LIKE '%plan_hash%'");
    if (!row.step()) return false;
    auto found = database_.prepare("SELECT format, version, plan_hash FROM sweep");
    return found.step() && found.integer(0) == format && found.text(1) == version &&
           found.text(2) == to_hex(plan_hash.view());
}

void ResultFile::for_each_run(const std::string& measure,
                              const std::function<void(Job, const RunResult&)>& visit) {
    auto rows = database_.prepare(
        "SELECT cell, number, error, value, kind FROM runs LEFT JOIN"
        " (SELECT * FROM measures JOIN measure_kinds USING (measure) WHERE measure = ?)"
        " USING (cell, number) ORDER BY cell, number");
    rows.bind(std::string_view{measure});
    while (rows.step()) {
        const Job job{static_cast<std::uint32_t>(rows.integer(0)),
                      static_cast<std::uint32_t>(rows.integer(1))};
        RunResult result;
        result.error = rows.text(2);
        if (!rows.is_null(3))
            result.measures.push_back({measure, rows.number(3), kind_from(rows.text(4))});
        visit(job, result);
    }
}

bool ResultFile::keeps(const std::string& measure) const {
    return plan_->measures.empty() ||
           std::ranges::find(plan_->measures, measure) != plan_->measures.end() ||
           (plan_->stop && plan_->stop->measure == measure);
}

void ResultFile::add(Job job, const RunResult& result, std::optional<std::uint32_t> closed_at) {
    database_.run("BEGIN");
    add_run_->bind(std::int64_t{job.cell})
        .bind(std::int64_t{job.number})
        .bind(plan_->seed_of(job.number));
    bind_or_null(*add_run_, result.digest);
    bind_or_null(*add_run_, result.error);
    add_run_->bind(result.wall_seconds).run();
    for (const report::Measure& measure : result.measures) {
        if (!keeps(measure.name)) continue;
        add_measure_->bind(std::int64_t{job.cell}).bind(std::int64_t{job.number});
        add_measure_->bind(std::string_view{measure.name}).bind(measure.value).run();
        add_kind_->bind(std::string_view{measure.name}).bind(name_of(measure.kind)).run();
    }
    if (closed_at) {
        for (const char* table : {"runs", "measures"}) {
            database_.run(fmt::format("DELETE FROM {} WHERE cell = {} AND number >= {}", table,
                                      job.cell, *closed_at));
        }
    }
    database_.run("COMMIT");
}

std::vector<KnownMeasure> ResultFile::measures() {
    std::vector<KnownMeasure> known;
    auto rows = database_.prepare("SELECT measure, kind FROM measure_kinds ORDER BY measure");
    while (rows.step()) known.push_back({rows.text(0), kind_from(rows.text(1))});
    if (plan_->measures.empty()) return known;
    std::vector<KnownMeasure> chosen;
    for (const std::string& name : plan_->measures) {
        const auto found = std::ranges::find(known, name, &KnownMeasure::name);
        chosen.push_back(found == known.end() ? KnownMeasure{name, {}} : *found);
    }
    return chosen;
}

void ResultFile::finish() {
    database_.run("BEGIN");
    database_.run("DELETE FROM measure_kinds WHERE measure NOT IN (SELECT measure FROM measures)");
    make_statistics();
    make_view();
    database_.run("UPDATE sweep SET finished = 1");
    database_.run("COMMIT");
    add_run_.reset();
    add_measure_.reset();
    add_kind_.reset();
    database_.run("PRAGMA journal_mode = DELETE");
}

void ResultFile::make_statistics() {
    database_.run("DELETE FROM statistics");
    const std::vector<KnownMeasure> known = measures();
    auto runs = database_.prepare("SELECT number FROM runs WHERE cell = ? AND error IS NULL");
    auto values = database_.prepare("SELECT number, measure, value FROM measures WHERE cell = ?");
    auto add = database_.prepare("INSERT INTO statistics VALUES (?, ?, ?, ?, ?, ?)");
    for (std::int64_t cell = 0; cell < static_cast<std::int64_t>(plan_->cells.size()); ++cell) {
        CellValues of_cell;
        std::vector<std::int64_t> good_runs;
        runs.bind(cell);
        while (runs.step()) good_runs.push_back(runs.integer(0));
        runs.run();
        values.bind(cell);
        while (values.step()) of_cell[values.text(1)][values.integer(0)] = values.number(2);
        values.run();
        for (const auto& [name, kind] : known) {
            const auto& by_run = of_cell[name];
            Estimator estimator{kind};
            for (const std::int64_t run : good_runs) {
                const auto found = by_run.find(run);
                if (found != by_run.end()) estimator.add(found->second);
                if (found == by_run.end() && kind == report::MeasureKind::count) estimator.add(0);
            }
            const Estimate estimate = estimator.estimate();
            add.bind(cell).bind(std::string_view{name});
            add.bind(static_cast<std::int64_t>(estimate.runs));
            bind_or_null(add, estimate.mean);
            bind_or_null(add,
                         estimate.interval ? std::optional{estimate.interval->low} : std::nullopt);
            bind_or_null(add,
                         estimate.interval ? std::optional{estimate.interval->high} : std::nullopt);
            add.run();
        }
    }
}

void ResultFile::make_view() {
    std::string columns = "runs.cell, runs.number, runs.seed";
    for (const std::string& key : plan_->keys) columns += ", cells." + quoted_name(key);
    columns += ", runs.error, runs.digest";
    for (const auto& [name, kind] : measures()) {
        std::string literal;
        for (const char letter : name) literal += letter == '\'' ? "''" : std::string{letter};
        const bool is_count = kind == report::MeasureKind::count;
        columns += fmt::format(
            ", max(CASE WHEN measures.measure = '{}' THEN measures.value{} END) AS {}", literal,
            is_count ? " WHEN runs.error IS NULL THEN 0" : "", quoted_name(name));
    }
    database_.run("DROP VIEW IF EXISTS results");
    database_.run(
        fmt::format("CREATE VIEW results AS SELECT {} FROM runs JOIN cells USING (cell) LEFT JOIN "
                    "measures USING (cell, number) GROUP BY runs.cell, runs.number",
                    columns));
}

}  // namespace bezant::sweep
