// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario_file.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>

#include "base/suggestion.hpp"
#include "sim/scenario_keys.hpp"
#include "sim/toml_text.hpp"

namespace bezant::sim {

namespace {

std::string join(std::string_view prefix, std::string_view key) {
    return prefix.empty() ? std::string{key} : fmt::format("{}.{}", prefix, key);
}

/// Reads one text, key by key; stops at the first error.
class Reader {
public:
    Reader(Scenario& scenario, std::string_view source) : scenario_(scenario), source_(source) {}

    Result<void, ScenarioError> read(const toml::table& table, std::string_view prefix = {}) {
        for (const auto& [key, node] : table) {
            if (auto done = read_one(join(prefix, key.str()), node); !done) return done;
        }
        return {};
    }

private:
    Result<void, ScenarioError> read_one(const std::string& path, const toml::node& node) {
        if (path == "fault") return read_faults(node);
        for (const KeyEntry& entry : key_entries()) {
            if (entry.path == path) return take(entry.read(scenario_, node), path, node);
            if (node.is_table() && entry.path.starts_with(path + ".")) {
                return read(*node.as_table(), path);
            }
        }
        return unknown(path, node);
    }

    Result<void, ScenarioError> read_faults(const toml::node& node) {
        const toml::array* list = node.as_array();
        if (list == nullptr) {
            return error(node, "'fault' is not a list of tables", "write [[fault]] above each one");
        }
        for (const toml::node& item : *list) {
            const toml::table* table = item.as_table();
            if (table == nullptr) {
                return error(item, "'fault' is not a list of tables",
                             "write [[fault]] above each one");
            }
            if (auto done = read_fault(*table); !done) return done;
        }
        return {};
    }

    Result<void, ScenarioError> read_fault(const toml::table& table) {
        for (const std::string_view needed : {"kind", "at"}) {
            if (table.contains(needed)) continue;
            return error(table, fmt::format("this fault has no '{}'", needed),
                         "every fault says what happens (kind) and when (at)");
        }
        Fault fault;
        for (const auto& [key, node] : table) {
            bool known = false;
            for (const FaultKeyEntry& entry : fault_key_entries()) {
                if (entry.path != key.str()) continue;
                known = true;
                if (auto done = take(entry.read(fault, node), join("fault", key.str()), node);
                    !done) {
                    return done;
                }
            }
            if (!known) return unknown(join("fault", key.str()), node);
        }
        scenario_.faults.push_back(std::move(fault));
        return {};
    }

    Result<void, ScenarioError> take(const Result<void, std::string>& outcome,
                                     std::string_view path, const toml::node& node) const {
        if (outcome) return {};
        return error(node, fmt::format("'{}' has a value that it cannot have", path),
                     outcome.error());
    }

    Result<void, ScenarioError> unknown(std::string_view path, const toml::node& node) const {
        std::vector<std::string> names;
        for (const KeyEntry& entry : key_entries()) names.emplace_back(entry.path);
        for (const FaultKeyEntry& entry : fault_key_entries())
            names.push_back(join("fault", entry.path));
        const std::vector<std::string_view> candidates{names.begin(), names.end()};
        const auto near = nearest(path, candidates);
        return error(node, fmt::format("unknown key '{}'", path),
                     near ? fmt::format("did you mean '{}'?", *near)
                          : "docs/scenarios.md lists all keys; so does 'bezant simulate --keys'");
    }

    [[nodiscard]] std::unexpected<ScenarioError> error(const toml::node& node, std::string what,
                                                       std::string_view advice) const {
        return unexpected(ScenarioError{.where = place_of(node, source_),
                                        .what = std::move(what),
                                        .advice = std::string{advice},
                                        .key = {}});
    }

    Scenario& scenario_;
    std::string_view source_;
};

}  // namespace

std::string to_text(const ScenarioError& error) {
    return fmt::format("{}: {}; {}", error.where, error.what, error.advice);
}

std::span<const ScenarioKey> scenario_keys() {
    static const std::vector<ScenarioKey> keys = [] {
        std::vector<ScenarioKey> all;
        for (const KeyEntry& entry : key_entries()) {
            all.push_back({entry.path, entry.type, entry.meaning, entry.default_text});
        }
        return all;
    }();
    return keys;
}

Result<Scenario, ScenarioError> scenario_from_toml(std::string_view text, std::string_view source) {
    const auto table = table_from_toml(text, source);
    if (!table) return unexpected(table.error());
    Scenario scenario;
    if (auto done = Reader{scenario, source}.read(*table); !done) return unexpected(done.error());
    return scenario;
}

Result<void, ScenarioError> set_scenario_key(Scenario& scenario, std::string_view key,
                                             std::string_view value, std::string_view source) {
    const std::string where =
        source.empty() ? fmt::format("--set {}={}", key, value) : std::string{source};
    toml::table table;
    try {
        table = toml::parse(fmt::format("{} = {}", key, value));
    } catch (const toml::parse_error&) {  // quotes left off, as a shell does
        try {
            table = toml::parse(fmt::format("{} = '''{}'''", key, value));
        } catch (const toml::parse_error&) {
            return unexpected(ScenarioError{.where = where,
                                            .what = "this is not KEY=VALUE",
                                            .advice = "write for example --set link.loss=0.01",
                                            .key = {}});
        }
    }
    auto done = Reader{scenario, where}.read(table);
    if (!done) done.error().where = where;
    return done;
}

std::optional<std::size_t> line_of_key(std::string_view text, std::string_view key) {
    const auto table = table_from_toml(text, {});
    if (!table) return std::nullopt;
    const auto node = table->at_path(key);
    if (!node) return std::nullopt;
    return node.node()->source().begin.line;
}

}  // namespace bezant::sim
