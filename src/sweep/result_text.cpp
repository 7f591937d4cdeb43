// SPDX-License-Identifier: Apache-2.0
#include "sweep/result_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <numeric>

#include "base/hex.hpp"

namespace bezant::sweep {

namespace {

namespace json = boost::json;

constexpr std::size_t failed_shown_max = 20;

/// Rows of texts, each column as wide as its widest.
class Table {
public:
    explicit Table(std::vector<std::string> head) { add(std::move(head)); }

    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

    /// Columns from `first_right` on are aligned to the right.
    [[nodiscard]] std::string text(std::size_t first_right) const {
        std::string text;
        for (const auto& row : rows_) {
            std::string line;
            for (std::size_t i = 0; i < row.size(); ++i) {
                const std::size_t padding = width_of(i) - row[i].size();
                const std::string spaces(padding, ' ');
                line += "  " + (i >= first_right ? spaces + row[i] : row[i] + spaces);
            }
            line.erase(line.find_last_not_of(' ') + 1);
            text += line + '\n';
        }
        return text;
    }

private:
    [[nodiscard]] std::size_t width_of(std::size_t column) const {
        std::size_t width = 0;
        for (const auto& row : rows_) width = std::max(width, row[column].size());
        return width;
    }

    std::vector<std::vector<std::string>> rows_;
};

std::string number_text(const std::optional<double>& number) {
    return number ? fmt::format("{:.6g}", *number) : "-";
}

std::string without_quotes(std::string written) {
    std::erase(written, '"');
    return written;
}

std::string table_of(const Plan& plan, const std::vector<Estimate>& estimates) {
    std::vector<std::string> head = plan.keys;
    head.insert(head.end(), {"runs", "mean", "low", "high"});
    Table table{std::move(head)};
    for (std::size_t cell = 0; cell < plan.cells.size(); ++cell) {
        std::vector<std::string> row;
        for (const KeyValue& value : plan.cells[cell]) row.push_back(without_quotes(value.written));
        const Estimate& estimate = estimates[cell];
        const auto& interval = estimate.interval;
        row.push_back(fmt::format("{}", estimate.runs));
        row.push_back(number_text(estimate.mean));
        row.push_back(number_text(interval ? std::optional{interval->low} : std::nullopt));
        row.push_back(number_text(interval ? std::optional{interval->high} : std::nullopt));
        table.add(std::move(row));
    }
    return table.text(plan.keys.size());
}

std::string failed_text(const report::TextStyle& style, const std::vector<FailedRun>& failed) {
    if (failed.empty()) return {};
    std::string text =
        report::toned(style, report::Tone::bad,
                      fmt::format("\n{} failed\n", report::counted(failed.size(), "run", "runs")));
    for (std::size_t i = 0; i < std::min(failed.size(), failed_shown_max); ++i) {
        text += fmt::format("  cell {}, seed {}: {}\n", failed[i].job.cell, failed[i].seed,
                            failed[i].error);
    }
    if (failed.size() > failed_shown_max) text += "  and others: all are in results.sqlite\n";
    return text;
}

std::uint64_t sum_of(const std::vector<std::uint32_t>& runs) {
    return std::accumulate(runs.begin(), runs.end(), std::uint64_t{0});
}

json::value value_or_null(const std::optional<double>& number) {
    return number ? json::value{*number} : json::value{nullptr};
}

json::object json_of(const Estimate& estimate) {
    const auto& interval = estimate.interval;
    return {{"n", estimate.runs},
            {"mean", value_or_null(estimate.mean)},
            {"low", value_or_null(interval ? std::optional{interval->low} : std::nullopt)},
            {"high", value_or_null(interval ? std::optional{interval->high} : std::nullopt)}};
}

json::object json_of(const Plan& plan, const Results& results, std::size_t cell) {
    json::object keys;
    for (std::size_t i = 0; i < plan.keys.size(); ++i) {
        std::visit([&](const auto& stored) { keys[plan.keys[i]] = stored; },
                   plan.cells[cell][i].stored);
    }
    json::object measures;
    for (std::size_t i = 0; i < results.measures.size(); ++i)
        measures[results.measures[i].name] = json_of(results.estimates[i][cell]);
    return {{"cell", cell}, {"keys", std::move(keys)}, {"measures", std::move(measures)}};
}

}  // namespace

std::string result_text(const report::TextStyle& style, const Plan& plan,
                        const SweepResult& result) {
    std::string text =
        fmt::format("{}, {} of {}\n", report::counted(sum_of(result.results.runs), "run", "runs"),
                    report::counted(plan.cells.size(), "cell", "cells"),
                    plan.name.empty() ? plan.scenario : plan.name);
    for (std::size_t i = 0; i < result.results.measures.size(); ++i) {
        text += '\n' + report::toned(style, report::Tone::strong, result.results.measures[i].name);
        text += '\n' + table_of(plan, result.results.estimates[i]);
    }
    return text + failed_text(style, result.results.failed);
}

std::string result_json(const Plan& plan, const SweepResult& result, std::string_view version) {
    json::array cells;
    for (std::size_t cell = 0; cell < plan.cells.size(); ++cell)
        cells.push_back(json_of(plan, result.results, cell));
    json::array failures;
    for (const auto& [job, seed, error] : result.results.failed) {
        failures.push_back(json::object{
            {"cell", job.cell}, {"number", job.number}, {"seed", seed}, {"error", error}});
    }
    return json::serialize(json::object{{"name", plan.name},
                                        {"scenario", plan.scenario},
                                        {"version", version},
                                        {"plan_hash", to_hex(result.plan_hash.view())},
                                        {"runs", sum_of(result.results.runs)},
                                        {"failed", result.results.failed.size()},
                                        {"cells", std::move(cells)},
                                        {"failures", std::move(failures)}});
}

}  // namespace bezant::sweep
