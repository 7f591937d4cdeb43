// SPDX-License-Identifier: Apache-2.0
#include "report/measures.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "base/suggestion.hpp"
#include "report/summary_object.hpp"

namespace bezant::report {

namespace {

namespace json = boost::json;

/// Numbers that say what was run and how long it took here, not what came of it.
constexpr std::array<std::string_view, 2> no_measures{"seed", "wall_seconds"};

/// The entries of a list of counts: each has a name, and "count".
struct NamedCount {
    std::string name;
    double count = 0;
};
std::optional<NamedCount> named_count(const json::value& entry) {
    const json::object* object = entry.if_object();
    if (object == nullptr || object->size() != 2 || !object->contains("count")) return std::nullopt;
    NamedCount result;
    for (const auto& [key, value] : *object) {
        if (key == "count") result.count = value.to_number<double>();
        if (const json::string* name = value.if_string()) result.name = *name;
    }
    return result;
}

class Flattening {
public:
    void add(const std::string& name, const json::value& value) {
        if (const json::object* object = value.if_object()) {
            for (const auto& [key, inner] : *object)
                add(name + "." + std::string{std::string_view{key}}, inner);
        } else if (const json::array* array = value.if_array()) {
            for (const json::value& entry : *array) add_count(name, entry);
        } else if (value.is_bool()) {
            measures_.push_back({name, value.get_bool() ? 1.0 : 0.0, MeasureKind::proportion});
        } else if (value.is_number()) {
            measures_.push_back({name, value.to_number<double>(), MeasureKind::number});
        }
    }

    [[nodiscard]] std::vector<Measure> take() { return std::move(measures_); }

private:
    void add_count(const std::string& name, const json::value& entry) {
        if (auto count = named_count(entry))
            measures_.push_back({name + "." + count->name, count->count, MeasureKind::count});
    }

    std::vector<Measure> measures_;
};

/// A summary of a run in which everything happened.
sim::Summary full_summary() {
    sim::Summary summary;
    summary.attack.emplace();
    summary.attack->theory_odds = 0;
    summary.compact_blocks.emplace();
    return summary;
}

/// Whether the summary has a part of this name whose measures depend on the run; and if so, whether
/// it is a list of counts.
std::optional<bool> open_part(std::string_view name) {
    const json::object summary = summary_object(full_summary(), {}, 0);
    const json::value* part = summary.if_contains(name);
    if (part == nullptr || (!part->is_array() && name != "attack")) return std::nullopt;
    return part->is_array();
}

std::vector<Measure> measures_in(const json::object& summary) {
    Flattening flattening;
    for (const auto& [key, value] : summary) {
        if (std::ranges::find(no_measures, std::string_view{key}) == no_measures.end())
            flattening.add(std::string{std::string_view{key}}, value);
    }
    return flattening.take();
}

}  // namespace

std::vector<Measure> measures_of(const sim::Summary& summary) {
    return measures_in(summary_object(summary, {}, 0));
}

std::vector<Measure> measures_of(const sim::RelaySummary& summary) {
    return measures_in(summary_object(summary, {}, 0));
}

MeasureName look_up_measure(std::string_view name) {
    std::vector<std::string> known;
    for (const Measure& measure : measures_of(full_summary())) known.push_back(measure.name);
    for (const Measure& measure : measures_of(sim::RelaySummary{})) known.push_back(measure.name);
    const std::vector<std::string_view> candidates{known.begin(), known.end()};
    if (std::ranges::find(candidates, name) != candidates.end()) return {true, false, {}};
    const std::size_t dot = name.find('.');
    const bool has_two_parts = dot != name.npos && dot + 1 < name.size();
    const auto is_count = open_part(name.substr(0, dot));
    if (has_two_parts && is_count) return {true, *is_count, {}};
    return {false, false, std::string{nearest(name, candidates).value_or("")}};
}

}  // namespace bezant::report
