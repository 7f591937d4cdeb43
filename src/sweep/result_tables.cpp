// SPDX-License-Identifier: Apache-2.0
#include "sweep/result_tables.hpp"

#include <fmt/format.h>

#include <fstream>

namespace bezant::sweep {

namespace {

/// A field as RFC 4180 has it.
std::string field_of(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == text.npos) return text;
    std::string quoted = "\"";
    for (const char letter : text) {
        quoted += letter;
        if (letter == '"') quoted += letter;
    }
    return quoted + '"';
}

/// The shortest text that is read as the same number.
std::string field_of(const Statement& row, int column) {
    if (row.is_null(column)) return {};
    if (row.is_text(column)) return field_of(row.text(column));
    if (row.is_integer(column)) return fmt::format("{}", row.integer(column));
    return fmt::format("{}", row.number(column));
}

/// What a query gives, below these columns.
Result<void, std::string> write_csv(ResultFile& file, const std::string& path,
                                    const std::vector<std::string>& columns,
                                    const std::string& query) {
    std::ofstream out{path, std::ios::binary | std::ios::trunc};
    const auto line = [&](const auto& field_at) {
        for (std::size_t i = 0; i < columns.size(); ++i) out << (i == 0 ? "" : ",") << field_at(i);
        out << '\n';
    };
    line([&](std::size_t i) { return field_of(columns[i]); });
    auto rows = file.database().prepare(query);
    while (rows.step()) line([&](std::size_t i) { return field_of(rows, static_cast<int>(i)); });
    out.close();
    if (!file.error().empty()) return unexpected(file.error());
    if (!out) return unexpected(fmt::format("cannot write {}", path));
    return {};
}

/// The keys' columns of the table `cells`, each after a comma.
std::string key_columns(const Plan& plan) {
    std::string columns;
    for (const std::string& key : plan.keys) columns += ", cells." + quoted_name(key);
    return columns;
}

/// Sorts the measures of a cell as the file has them, which need not be by name.
std::string order_of(const std::vector<KnownMeasure>& measures) {
    std::string order = "CASE measure";
    for (std::size_t i = 0; i < measures.size(); ++i) {
        std::string literal;
        for (const char letter : measures[i].name)
            literal += letter == '\'' ? "''" : std::string{letter};
        order += fmt::format(" WHEN '{}' THEN {}", literal, i);
    }
    return measures.empty() ? "measure" : order + " END";
}

std::optional<double> number_or_nothing(const Statement& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional{row.number(column)};
}

Estimate estimate_of(const Statement& row) {
    Estimate estimate{static_cast<std::uint64_t>(row.integer(2)), number_or_nothing(row, 3), {}};
    if (!row.is_null(4)) estimate.interval = {row.number(4), row.number(5)};
    return estimate;
}

}  // namespace

Results results_of(ResultFile& file, const Plan& plan) {
    Results results{.measures = file.measures(),
                    .estimates = {},
                    .runs = std::vector<std::uint32_t>(plan.cells.size()),
                    .failed = {}};
    results.estimates.resize(results.measures.size(), std::vector<Estimate>(plan.cells.size()));
    auto runs =
        file.database().prepare("SELECT cell, number, seed, error FROM runs ORDER BY cell, number");
    while (runs.step()) {
        const Job job{static_cast<std::uint32_t>(runs.integer(0)),
                      static_cast<std::uint32_t>(runs.integer(1))};
        ++results.runs[job.cell];
        if (!runs.is_null(3)) results.failed.push_back({job, runs.integer(2), runs.text(3)});
    }
    auto rows = file.database().prepare("SELECT cell, measure, n, mean, low, high FROM statistics");
    while (rows.step()) {
        const auto found = std::ranges::find(results.measures, rows.text(1), &KnownMeasure::name);
        if (found == results.measures.end()) continue;
        const auto place = static_cast<std::size_t>(found - results.measures.begin());
        results.estimates[place][static_cast<std::size_t>(rows.integer(0))] = estimate_of(rows);
    }
    return results;
}

Result<void, std::string> write_tables(ResultFile& file, const Plan& plan,
                                       const std::string& folder) {
    std::vector<std::string> of_runs{"cell", "number", "seed"};
    std::vector<std::string> of_cells{"cell"};
    of_runs.insert(of_runs.end(), plan.keys.begin(), plan.keys.end());
    of_cells.insert(of_cells.end(), plan.keys.begin(), plan.keys.end());
    of_runs.insert(of_runs.end(), {"error", "digest"});
    of_cells.insert(of_cells.end(), {"measure", "n", "mean", "low", "high"});
    const std::vector<KnownMeasure> measures = file.measures();
    for (const KnownMeasure& measure : measures) of_runs.push_back(measure.name);
    auto done = write_csv(file, folder + "/runs.csv", of_runs,
                          "SELECT * FROM results ORDER BY cell, number");
    if (!done) return done;
    return write_csv(file, folder + "/cells.csv", of_cells,
                     fmt::format("SELECT cells.cell{}, measure, n, mean, low, high FROM statistics "
                                 "JOIN cells USING (cell) ORDER BY cells.cell, {}",
                                 key_columns(plan), order_of(measures)));
}

}  // namespace bezant::sweep
