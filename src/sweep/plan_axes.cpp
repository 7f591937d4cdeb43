// SPDX-License-Identifier: Apache-2.0
#include "sweep/plan_axes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <sstream>

#include "sim/toml_text.hpp"
#include "sweep/latin_hypercube.hpp"
#include "sweep/quantity.hpp"

namespace bezant::sweep {

namespace {

using sim::ScenarioError;

/// What is said of one key's node.
class Item {
public:
    Item(const KeyNode& item, std::string_view source) : item_(item), source_(source) {}

    [[nodiscard]] const toml::node& node() const { return *item_.node; }

    [[nodiscard]] std::unexpected<ScenarioError> error(std::string what, std::string advice) const {
        return unexpected(ScenarioError{.where = sim::place_of(node(), source_),
                                        .what = std::move(what),
                                        .advice = std::move(advice),
                                        .key = {}});
    }
    [[nodiscard]] std::unexpected<ScenarioError> bad_value(std::string advice) const {
        return error(fmt::format("'{}' has a value that it cannot have", item_.key),
                     std::move(advice));
    }

    /// That the scenario has the key, and takes this value for it.
    [[nodiscard]] Result<void, ScenarioError> takes(const std::string& written) const {
        if (item_.key == "seed") {
            return error("'seed' is no key of a cell: each cell has the same seeds",
                         "say how many with 'seeds', and the first with 'first_seed'");
        }
        sim::Scenario scratch;
        return sim::set_scenario_key(scratch, item_.key, written, sim::place_of(node(), source_));
    }

    /// The type of the key; nothing if there is no such key.
    [[nodiscard]] std::string_view type() const {
        const auto keys = sim::scenario_keys();
        const auto found = std::ranges::find(keys, item_.key, &sim::ScenarioKey::path);
        return found == keys.end() ? std::string_view{} : std::string_view{found->type};
    }

    /// How values between two others are made; an error if the key has none.
    [[nodiscard]] Result<Quantity, ScenarioError> quantity() const {
        if (auto known = takes_any(); !known) return unexpected(known.error());
        auto quantity = quantity_of(type());
        if (quantity) return *std::move(quantity);
        return error(fmt::format("'{}' has no values between two others", item_.key),
                     "give a list of values in [grid]");
    }

private:
    /// That there is such a key: an impossible value gives another error than an unknown key.
    [[nodiscard]] Result<void, ScenarioError> takes_any() const {
        if (!type().empty() && item_.key != "seed") return {};
        return takes("0");
    }

    const KeyNode& item_;
    std::string_view source_;
};

std::string toml_of(const toml::node& node) {
    std::ostringstream text;
    node.visit([&](const auto& value) { text << toml::toml_formatter{value}; });
    return text.str();
}

Result<KeyValue, ScenarioError> value_of(const Item& item, const toml::node& node) {
    const std::string written = toml_of(node);
    if (auto good = item.takes(written); !good) return unexpected(good.error());
    const auto quantity = quantity_of(item.type());
    if (quantity) {
        const auto units = quantity->read(node);
        if (!units) return item.bad_value(units.error());
        return KeyValue{quantity->write(*units), quantity->store(*units)};
    }
    return KeyValue{written, node.value<std::string>().value_or(written)};
}

Result<KeyValue, ScenarioError> value_of(const Item& item, const Quantity& quantity,
                                         std::int64_t units) {
    std::string written = quantity.write(units);
    if (auto good = item.takes(written); !good) return unexpected(good.error());
    return KeyValue{std::move(written), quantity.store(units)};
}

Result<std::vector<KeyValue>, ScenarioError> values_of_list(const Item& item,
                                                            const toml::array& list) {
    std::vector<KeyValue> values;
    for (const toml::node& node : list) {
        auto value = value_of(item, node);
        if (!value) return unexpected(value.error());
        if (std::ranges::find(values, *value) != values.end())
            return item.error(fmt::format("the value {} is there twice", value->written),
                              "give each value once: more runs of a cell come of 'seeds'");
        values.push_back(*std::move(value));
    }
    if (values.empty()) return item.error("a list without a value", "give at least one");
    return values;
}

struct Range {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t step = 0;
};

Result<Range, ScenarioError> range_of(const Item& item, const Quantity& quantity,
                                      const toml::table& table) {
    const std::string advice = "write { from = LOWEST, to = HIGHEST, step = STEP }";
    Range range;
    for (const auto& [name, place] :
         {std::pair{"from", &range.from}, {"to", &range.to}, {"step", &range.step}}) {
        const toml::node* node = table.get(name);
        if (node == nullptr) return item.error(fmt::format("a range without '{}'", name), advice);
        const auto units = quantity.read(*node);
        if (!units) return item.bad_value(units.error());
        *place = *units;
    }
    if (table.size() != 3) return item.error("a range has three keys", advice);
    if (range.from > range.to || range.step <= 0)
        return item.error("a range that does not rise", advice);
    if (static_cast<std::uint64_t>((range.to - range.from) / range.step) >= cells_max) {
        return item.error(fmt::format("a range of more than {} values", cells_max),
                          "make the step larger");
    }
    return range;
}

Result<std::vector<KeyValue>, ScenarioError> values_of_range(const Item& item,
                                                             const toml::table& table) {
    const auto quantity = item.quantity();
    if (!quantity) return unexpected(quantity.error());
    const auto range = range_of(item, *quantity, table);
    if (!range) return unexpected(range.error());
    std::vector<KeyValue> values;
    for (std::int64_t i = 0; i <= (range->to - range->from) / range->step; ++i) {
        auto value = value_of(item, *quantity, range->from + i * range->step);
        if (!value) return unexpected(value.error());
        values.push_back(*std::move(value));
    }
    return values;
}

void gather_keys(const toml::table& table, const std::string& prefix, std::vector<KeyNode>& keys) {
    for (const auto& [name, node] : table) {
        const std::string key = prefix + std::string{name.str()};
        const toml::table* inner = node.as_table();
        if (inner != nullptr && !inner->contains("from")) {
            gather_keys(*inner, key + ".", keys);
        } else {
            keys.push_back({key, &node});
        }
    }
}

}  // namespace

std::vector<KeyNode> keys_below(const toml::table& table) {
    std::vector<KeyNode> keys;
    gather_keys(table, "", keys);
    std::ranges::stable_sort(keys, [](const KeyNode& left, const KeyNode& right) {
        return left.node->source().begin < right.node->source().begin;
    });
    return keys;
}

Result<Axis, ScenarioError> axis_of(const KeyNode& node, std::string_view source) {
    const Item item{node, source};
    const toml::array* list = item.node().as_array();
    const toml::table* range = item.node().as_table();
    if (list == nullptr && range == nullptr) {
        return item.error(
            fmt::format("'{}' is neither a list nor a range", node.key),
            "write [VALUE, VALUE, …] or { from = LOWEST, to = HIGHEST, step = STEP }");
    }
    auto values = list != nullptr ? values_of_list(item, *list) : values_of_range(item, *range);
    if (!values) return unexpected(values.error());
    return Axis{node.key, *std::move(values)};
}

Result<Axis, ScenarioError> stratified_axis_of(const KeyNode& node, std::uint32_t samples,
                                               std::uint64_t seed, std::string_view source) {
    const Item item{node, source};
    const auto quantity = item.quantity();
    if (!quantity) return unexpected(quantity.error());
    const toml::array* ends = item.node().as_array();
    if (ends == nullptr || ends->size() != 2)
        return item.error(fmt::format("'{}' is no range", node.key), "write [LOWEST, HIGHEST]");
    const auto low = quantity->read((*ends)[0]);
    const auto high = quantity->read((*ends)[1]);
    if (!low || !high) return item.bad_value(low ? high.error() : low.error());
    if (*low > *high)
        return item.error("a range that does not rise", "write the lower value first");
    Axis axis{node.key, {}};
    for (const std::int64_t units :
         stratified_values(*low, *high, samples, Random{seed}.stream(node.key))) {
        auto value = value_of(item, *quantity, units);
        if (!value) return unexpected(value.error());
        axis.values.push_back(*std::move(value));
    }
    return axis;
}

Result<Setting, ScenarioError> setting_of(const KeyNode& node, std::string_view source) {
    const Item item{node, source};
    std::string written = toml_of(item.node());
    if (auto good = item.takes(written); !good) return unexpected(good.error());
    return Setting{node.key, std::move(written)};
}

}  // namespace bezant::sweep
