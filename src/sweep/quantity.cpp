// SPDX-License-Identifier: Apache-2.0
#include "sweep/quantity.hpp"

#include <limits>

#include "base/amount.hpp"
#include "base/time.hpp"
#include "sim/scenario_values.hpp"

namespace bezant::sweep {

namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

/// From how a scenario's values are read and written. `number` gives the units of a value, `value`
/// goes back; results have units divided by `units_each`, or whole numbers if that is 1.
template <class T, class Number, class Value>
Quantity quantity(const sim::ValueKind<T>& kind, Number number, Value value, double units_each) {
    return {[kind, number](const toml::node& node) -> Result<std::int64_t, std::string> {
                const auto read = kind.read(node);
                if (!read) return unexpected(read.error());
                return number(*read);
            },
            [kind, value](std::int64_t units) { return kind.write(value(units)); },
            [units_each](std::int64_t units) -> std::variant<std::int64_t, double, std::string> {
                if (units_each == 1) return units;
                return static_cast<double>(units) / units_each;
            }};
}

}  // namespace

std::optional<Quantity> quantity_of(std::string_view type) {
    const auto as_whole = [](auto number) { return static_cast<std::int64_t>(number); };
    const auto whole = sim::whole_number(0, static_cast<std::uint64_t>(largest));
    if (type == whole.type) {
        return quantity(
            whole, as_whole, [](std::int64_t units) { return static_cast<std::uint64_t>(units); },
            1);
    }
    const auto duration = sim::duration({}, {largest});
    if (type == duration.type) {
        return quantity(
            duration, [](Duration span) { return span.microseconds; },
            [](std::int64_t units) { return microseconds(units); }, 1e6);
    }
    const auto share = sim::share();
    if (type == share.type) {
        return quantity(
            share, as_whole,
            [](std::int64_t units) { return static_cast<sim::PartsPerMillion>(units); },
            sim::one_million);
    }
    const auto amount = sim::amount();
    if (type == amount.type) {
        return quantity(
            amount, [&](Amount value) { return static_cast<std::int64_t>(value.value); },
            [](std::int64_t units) { return Amount{static_cast<std::uint64_t>(units)}; },
            static_cast<double>(bezants(1).value));
    }
    return std::nullopt;
}

}  // namespace bezant::sweep
