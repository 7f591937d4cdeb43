// SPDX-License-Identifier: Apache-2.0
#include "sweep/plan_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include "base/suggestion.hpp"
#include "report/measures.hpp"
#include "sim/scenario_values.hpp"
#include "sim/toml_text.hpp"
#include "sweep/plan_axes.hpp"

namespace bezant::sweep {

namespace {

using sim::ScenarioError;
using Outcome = Result<void, ScenarioError>;

constexpr std::uint64_t seeds_max = 1'000'000;
constexpr std::uint64_t first_seed_max = std::uint64_t{1} << 62U;

std::optional<std::uint64_t> number_in(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// Reads one text; stops at the first error.
class Reader {
public:
    Reader(Plan& plan, std::string_view source) : plan_(plan), source_(source) {}

    Outcome read(const toml::table& table, const PlanChanges& changes) {
        for (const auto& [key, node] : table) {
            if (auto done = read_one(key.str(), node); !done) return done;
        }
        if (auto done = change(changes); !done) return done;
        if (plan_.seeds < (plan_.stop ? plan_.stop->seeds_min : 1)) {
            return error(table, "'stop.seeds_min' is more than 'seeds'",
                         "a cell has at most so many runs as 'seeds' says");
        }
        return make_cells(table);
    }

private:
    struct Entry {
        std::string_view name;
        Outcome (Reader::*read)(std::string_view, const toml::node&);
    };
    using Entries = std::span<const Entry>;

    Outcome read_one(std::string_view key, const toml::node& node) {
        static constexpr std::array entries{Entry{"name", &Reader::text},
                                            Entry{"description", &Reader::text},
                                            Entry{"scenario", &Reader::text},
                                            Entry{"seeds", &Reader::number},
                                            Entry{"first_seed", &Reader::number},
                                            Entry{"measures", &Reader::measures},
                                            Entry{"set", &Reader::settings},
                                            Entry{"grid", &Reader::grid},
                                            Entry{"latin_hypercube", &Reader::hypercube},
                                            Entry{"stop", &Reader::stop}};
        return dispatch(entries, {}, key, node);
    }

    Outcome dispatch(Entries entries, std::string_view prefix, std::string_view key,
                     const toml::node& node) {
        std::vector<std::string_view> names;
        for (const Entry& entry : entries) {
            if (entry.name == key) return (this->*entry.read)(key, node);
            names.push_back(entry.name);
        }
        std::string advice =
            "docs/sweeps.md lists all keys of a plan; those of the scenario belong "
            "under [grid] or [set]";
        if (const auto near = nearest(key, names))
            advice = fmt::format("did you mean '{}{}'?", prefix, *near);
        return error(node, fmt::format("unknown key '{}{}'", prefix, key), std::move(advice));
    }

    Outcome text(std::string_view key, const toml::node& node) {
        auto value = sim::text().read(node);
        if (!value) return bad_value(key, node, value.error());
        (key == "name"       ? plan_.name
         : key == "scenario" ? plan_.scenario
                             : plan_.description) = *std::move(value);
        return {};
    }

    Outcome number(std::string_view key, const toml::node& node) {
        const bool first = key == "first_seed";
        const auto value =
            first ? whole(key, node, 0, first_seed_max) : whole(key, node, 1, seeds_max);
        if (!value) return unexpected(value.error());
        if (first) {
            plan_.first_seed = static_cast<std::int64_t>(*value);
        } else {
            plan_.seeds = static_cast<std::uint32_t>(*value);
        }
        return {};
    }

    Outcome measures(std::string_view key, const toml::node& node) {
        const toml::array* list = node.as_array();
        if (list == nullptr || list->empty())
            return bad_value(key, node, "write a list of texts, or leave the key out for all");
        for (const toml::node& item : *list) {
            auto name = measure_of(key, item);
            if (!name) return unexpected(name.error());
            if (std::ranges::find(plan_.measures, *name) != plan_.measures.end())
                return error(item, fmt::format("measure '{}' is there twice", *name),
                             "name it once");
            plan_.measures.push_back(*std::move(name));
        }
        return {};
    }

    Outcome settings(std::string_view key, const toml::node& node) {
        if (!node.is_table()) return bad_value(key, node, "write [set] above the keys");
        for (const KeyNode& item : keys_below(*node.as_table())) {
            auto setting = setting_of(item, source_);
            if (!setting) return unexpected(setting.error());
            if (auto good = claim(item); !good) return good;
            plan_.settings.push_back(*std::move(setting));
        }
        return {};
    }

    Outcome grid(std::string_view key, const toml::node& node) {
        if (!node.is_table()) return bad_value(key, node, "write [grid] above the keys");
        for (const KeyNode& item : keys_below(*node.as_table())) {
            auto axis = axis_of(item, source_);
            if (!axis) return unexpected(axis.error());
            if (auto good = claim(item); !good) return good;
            grid_.push_back(*std::move(axis));
        }
        return {};
    }

    Outcome hypercube(std::string_view key, const toml::node& node) {
        const toml::table* table = node.as_table();
        const toml::node* ranges = table == nullptr ? nullptr : table->get("ranges");
        if (ranges == nullptr || !ranges->is_table() || !table->contains("samples")) {
            return error(node, fmt::format("'{}' has no 'samples' or no 'ranges'", key),
                         "write samples = NUMBER and, under [latin_hypercube.ranges], "
                         "KEY = [LOWEST, HIGHEST]");
        }
        std::uint64_t seed = 1;
        for (const auto& [name, inner] : *table) {
            if (name == "ranges") continue;
            const bool is_seed = name == "seed";
            if (!is_seed && name != "samples")
                return error(inner, fmt::format("unknown key 'latin_hypercube.{}'", name.str()),
                             "its keys are samples, seed and ranges");
            const auto value = whole(fmt::format("latin_hypercube.{}", name.str()), inner,
                                     is_seed ? 0 : 1, is_seed ? first_seed_max : cells_max);
            if (!value) return unexpected(value.error());
            (is_seed ? seed : samples_) = *value;
        }
        for (const KeyNode& item : keys_below(*ranges->as_table())) {
            auto axis =
                stratified_axis_of(item, static_cast<std::uint32_t>(samples_), seed, source_);
            if (!axis) return unexpected(axis.error());
            if (auto good = claim(item); !good) return good;
            hypercube_.push_back(*std::move(axis));
        }
        return {};
    }

    Outcome stop(std::string_view key, const toml::node& node) {
        static constexpr std::array entries{Entry{"measure", &Reader::stop_measure},
                                            Entry{"half_width", &Reader::stop_width},
                                            Entry{"relative_half_width", &Reader::stop_width},
                                            Entry{"seeds_min", &Reader::stop_seeds}};
        const toml::table* table = node.as_table();
        if (table == nullptr) return bad_value(key, node, "write [stop] above the keys");
        plan_.stop.emplace();
        for (const auto& [name, inner] : *table) {
            if (auto done = dispatch(entries, "stop.", name.str(), inner); !done) return done;
        }
        if (plan_.stop->measure.empty())
            return error(node, "'stop' names no measure", "write measure = \"NAME\"");
        if (!plan_.stop->half_width && !plan_.stop->relative_half_width) {
            return error(node, "'stop' does not say how tight an interval is enough",
                         "write half_width = NUMBER or relative_half_width = NUMBER");
        }
        return {};
    }

    Outcome stop_measure(std::string_view /*key*/, const toml::node& node) {
        auto name = measure_of("stop.measure", node);
        if (!name) return unexpected(name.error());
        plan_.stop->measure = *std::move(name);
        return {};
    }

    Outcome stop_width(std::string_view key, const toml::node& node) {
        const auto value = node.value<double>();
        if (!value || !(*value > 0) || !std::isfinite(*value))
            return bad_value(fmt::format("stop.{}", key), node, "write a number above 0");
        (key == "half_width" ? plan_.stop->half_width : plan_.stop->relative_half_width) = value;
        return {};
    }

    Outcome stop_seeds(std::string_view /*key*/, const toml::node& node) {
        const auto value = whole("stop.seeds_min", node, 2, seeds_max);
        if (!value) return unexpected(value.error());
        plan_.stop->seeds_min = static_cast<std::uint32_t>(*value);
        return {};
    }

    Result<std::uint64_t, ScenarioError> whole(std::string_view key, const toml::node& node,
                                               std::uint64_t low, std::uint64_t high) const {
        const auto value = sim::whole_number(low, high).read(node);
        if (!value) return bad_value(key, node, value.error());
        return *value;
    }

    Result<std::string, ScenarioError> measure_of(std::string_view key,
                                                  const toml::node& node) const {
        auto name = sim::text().read(node);
        if (!name) return bad_value(key, node, name.error());
        const report::MeasureName known = report::look_up_measure(*name);
        if (known.can_be) return *std::move(name);
        return error(node, fmt::format("no run has a measure '{}'", *name),
                     known.suggestion.empty()
                         ? "measures are the numbers of a run's summary: see docs/sweeps.md"
                         : fmt::format("did you mean '{}'?", known.suggestion));
    }

    /// No key is set in two places.
    Outcome claim(const KeyNode& item) {
        if (claimed_.insert(item.key).second) return {};
        return error(*item.node, fmt::format("'{}' is set in two places", item.key),
                     "leave it in one of [set], [grid] and [latin_hypercube.ranges]");
    }

    Outcome change(const PlanChanges& changes) {
        if (changes.seeds) {
            const auto value = number_in(*changes.seeds);
            if (!value || *value < 1 || *value > seeds_max) {
                return change_error(fmt::format("--seeds {}", *changes.seeds),
                                    "'seeds' has a value that it cannot have",
                                    fmt::format("write a whole number from 1 to {}", seeds_max));
            }
            plan_.seeds = static_cast<std::uint32_t>(*value);
        }
        for (const std::string& setting : changes.settings) {
            if (auto done = change_setting(setting); !done) return done;
        }
        return {};
    }

    Outcome change_setting(const std::string& setting) {
        const std::string where = "--set " + setting;
        const std::size_t sign = setting.find('=');
        if (sign == std::string::npos) {
            return change_error(where, "this is not KEY=VALUE",
                                "write for example --set link.loss=0.01");
        }
        const std::string key = setting.substr(0, sign);
        const std::string value = setting.substr(sign + 1);
        sim::Scenario scratch;
        if (auto good = sim::set_scenario_key(scratch, key, value, where); !good) return good;
        const auto is_it = [&](const auto& item) { return item.key == key; };
        if (key == "seed" || std::ranges::any_of(grid_, is_it) ||
            std::ranges::any_of(hypercube_, is_it)) {
            return change_error(where, fmt::format("'{}' differs between runs", key),
                                "change the plan");
        }
        std::erase_if(plan_.settings, is_it);
        plan_.settings.push_back({key, value});
        return {};
    }

    Outcome make_cells(const toml::table& table) {
        std::uint64_t count = hypercube_.empty() ? 1 : samples_;
        for (const Axis& axis : grid_) {
            count *= axis.values.size();
            if (count > cells_max) break;
        }
        if (count > cells_max || count * plan_.seeds > runs_max) {
            return error(table, "more cells or runs than a sweep can have",
                         fmt::format("it has at most {} cells and {} runs", cells_max, runs_max));
        }
        for (const auto* axes : {&grid_, &hypercube_}) {
            for (const Axis& axis : *axes) plan_.keys.push_back(axis.key);
        }
        for (std::uint64_t cell = 0; cell < count; ++cell) plan_.cells.push_back(cell_at(cell));
        return {};
    }

    /// The last key of the grid changes first, and before it the point of the hypercube.
    [[nodiscard]] std::vector<KeyValue> cell_at(std::uint64_t rest) const {
        std::vector<KeyValue> values(plan_.keys.size());
        if (!hypercube_.empty()) {
            for (std::size_t i = 0; i < hypercube_.size(); ++i)
                values[grid_.size() + i] = hypercube_[i].values[rest % samples_];
            rest /= samples_;
        }
        for (std::size_t i = grid_.size(); i-- > 0;) {
            values[i] = grid_[i].values[rest % grid_[i].values.size()];
            rest /= grid_[i].values.size();
        }
        return values;
    }

    [[nodiscard]] std::unexpected<ScenarioError> bad_value(std::string_view key,
                                                           const toml::node& node,
                                                           std::string advice) const {
        return error(node, fmt::format("'{}' has a value that it cannot have", key),
                     std::move(advice));
    }
    [[nodiscard]] std::unexpected<ScenarioError> error(const toml::node& node, std::string what,
                                                       std::string advice) const {
        return unexpected(ScenarioError{.where = sim::place_of(node, source_),
                                        .what = std::move(what),
                                        .advice = std::move(advice),
                                        .key = {}});
    }

    [[nodiscard]] static std::unexpected<ScenarioError> change_error(std::string where,
                                                                     std::string what,
                                                                     std::string advice) {
        return unexpected(ScenarioError{std::move(where), std::move(what), std::move(advice), {}});
    }

    Plan& plan_;
    std::string_view source_;
    std::vector<Axis> grid_;
    std::vector<Axis> hypercube_;
    std::uint64_t samples_ = 1;
    std::set<std::string> claimed_;
};

}  // namespace

Result<Plan, ScenarioError> plan_from_toml(std::string_view text, std::string_view source,
                                           const PlanChanges& changes) {
    const auto table = sim::table_from_toml(text, source);
    if (!table) return unexpected(table.error());
    Plan plan;
    if (auto done = Reader{plan, source}.read(*table, changes); !done)
        return unexpected(done.error());
    return plan;
}

}  // namespace bezant::sweep
