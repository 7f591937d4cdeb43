// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/region_model.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <utility>

#include "sim/topology/foreign_text.hpp"
#include "sim/topology/link_value.hpp"

namespace bezant::sim {

namespace {

constexpr std::uint32_t whole_share = 1'000'000;
/// Published shares are rounded, so their sum may be off by so much.
constexpr std::uint32_t share_sum_tolerance_ppm = 1'000;

using Status = Result<void, TopologyError>;
template <class Value>
using Read = Result<Value, TopologyError>;

unexpected<TopologyError> refuse(TopologyFault fault, const toml::node& at, std::string message) {
    return unexpected(TopologyError{fault, at.source().begin.line, std::move(message)});
}

/// An array under a key, of the length expected; 0: any length but none.
Read<const toml::array*> read_array(const toml::table& table, std::string_view key,
                                    std::size_t size) {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
        return unexpected(TopologyError{TopologyFault::malformed, 0,
                                        fmt::format("there is no key '{}'; add it", key)});
    }
    const toml::array* array = node->as_array();
    if (array == nullptr) {
        return refuse(TopologyFault::malformed, *node,
                      fmt::format("'{}' is not an array; write [ ... ]", key));
    }
    if (size == 0 ? array->empty() : array->size() != size) {
        return refuse(
            TopologyFault::malformed, *array,
            fmt::format("'{}' has {} entries; it needs {}", key, array->size(),
                        size == 0 ? "at least one" : fmt::format("{}, one a region", size)));
    }
    return array;
}

Read<double> read_number(const toml::node& node, std::string_view key, double min, double max) {
    const auto value = node.value<double>();
    if (!value) {
        return refuse(TopologyFault::not_a_number, node,
                      fmt::format("an entry of '{}' is not a number; write one", key));
    }
    if (!(*value >= min && *value <= max)) {
        return refuse(TopologyFault::out_of_range, node,
                      fmt::format("an entry of '{}' is {}; write {} to {}", key, *value, min, max));
    }
    return *value;
}

/// Numbers of an array as multiples of 1 / scale, rounded to the nearest.
Read<std::vector<std::uint64_t>> read_numbers(const toml::array& array, std::string_view key,
                                              double min, double max, double scale) {
    std::vector<std::uint64_t> numbers;
    for (const toml::node& node : array) {
        const auto number = read_number(node, key, min, max);
        if (!number) return unexpected(number.error());
        numbers.push_back(static_cast<std::uint64_t>(*number * scale + 0.5));
    }
    return numbers;
}

Read<std::vector<std::uint64_t>> read_by_region(const toml::table& table, std::string_view key,
                                                std::size_t regions, double min, double max,
                                                double scale) {
    const auto array = read_array(table, key, regions);
    if (!array) return unexpected(array.error());
    return read_numbers(**array, key, min, max, scale);
}

Status read_names(const toml::table& table, RegionModel& model) {
    const auto array = read_array(table, "regions", 0);
    if (!array) return unexpected(array.error());
    if ((*array)->size() > regions_max) {
        return refuse(TopologyFault::too_large, **array,
                      fmt::format("more than {} regions; use fewer", regions_max));
    }
    for (const toml::node& node : **array) {
        const auto name = node.value<std::string>();
        if (!name || name->empty() || has_control_character(*name)) {
            return refuse(TopologyFault::malformed, node,
                          "an entry of 'regions' is not a name; write a string");
        }
        model.regions.push_back({*name, 0, 0, 0});
    }
    return {};
}

/// Gives what rounding left over to the largest region, so that shares are a million in all.
Status settle_shares(const toml::node& at, std::vector<Region>& regions) {
    std::uint64_t sum = 0;
    for (const Region& region : regions) sum += region.share_ppm;
    if (sum + share_sum_tolerance_ppm < whole_share ||
        sum > whole_share + share_sum_tolerance_ppm) {
        return refuse(TopologyFault::out_of_range, at,
                      fmt::format("the entries of 'region_share' add up to {}; make it 1",
                                  static_cast<double>(sum) / whole_share));
    }
    auto& largest = std::ranges::max_element(regions, {}, &Region::share_ppm)->share_ppm;
    largest = static_cast<std::uint32_t>(largest + whole_share - sum);
    return {};
}

Status read_shares(const toml::table& table, RegionModel& model) {
    const auto shares =
        read_by_region(table, "region_share", model.regions.size(), 0, 1, whole_share);
    if (!shares) return unexpected(shares.error());
    for (std::size_t i = 0; i < shares->size(); ++i) {
        model.regions[i].share_ppm = static_cast<std::uint32_t>((*shares)[i]);
    }
    return settle_shares(*table.get("region_share"), model.regions);
}

Status read_bandwidths(const toml::table& table, RegionModel& model) {
    constexpr auto bandwidth_max = static_cast<double>(link_bandwidth_bps_max);
    const std::size_t count = model.regions.size();
    const auto download = read_by_region(table, "download_bps", count, 1, bandwidth_max, 1);
    if (!download) return unexpected(download.error());
    const auto upload = read_by_region(table, "upload_bps", count, 1, bandwidth_max, 1);
    if (!upload) return unexpected(upload.error());
    for (std::size_t i = 0; i < count; ++i) {
        model.regions[i].download_bps = (*download)[i];
        model.regions[i].upload_bps = (*upload)[i];
    }
    return {};
}

Status read_latency_row(const toml::node& row, RegionModel& model) {
    constexpr auto latency_max_ms = static_cast<double>(link_latency_ms_max);
    const toml::array* array = row.as_array();
    if (array == nullptr || array->size() != model.regions.size()) {
        return refuse(TopologyFault::malformed, row,
                      fmt::format("a row of 'latency_ms' needs {} numbers, one a region",
                                  model.regions.size()));
    }
    const auto latencies = read_numbers(*array, "latency_ms", 0, latency_max_ms, 1000);
    if (!latencies) return unexpected(latencies.error());
    for (const std::uint64_t latency : *latencies) {
        model.mean_latency.push_back({static_cast<std::int64_t>(latency)});
    }
    return {};
}

Status read_latencies(const toml::table& table, RegionModel& model) {
    const auto rows = read_array(table, "latency_ms", model.regions.size());
    if (!rows) return unexpected(rows.error());
    for (const toml::node& row : **rows) {
        if (auto read = read_latency_row(row, model); !read) return read;
    }
    for (std::uint32_t i = 0; i < model.regions.size(); ++i) {
        for (std::uint32_t j = 0; j < i; ++j) {
            if (model.latency(i, j) == model.latency(j, i)) continue;
            return refuse(
                TopologyFault::impossible_value, *(**rows).get(i),
                fmt::format("the latency between {} and {} depends on the direction; "
                            "links go both ways, so give one value",
                            quoted(model.regions[i].name), quoted(model.regions[j].name)));
        }
    }
    return {};
}

Status read_outbound_links(const toml::table& table, RegionModel& model) {
    constexpr std::string_view key = "outbound_degree_cdf";
    const auto array = read_array(table, key, 0);
    if (!array) return unexpected(array.error());
    const auto chances = read_numbers(**array, key, 0, 1, whole_share);
    if (!chances) return unexpected(chances.error());
    const bool rising = std::ranges::is_sorted(*chances) && chances->back() == whole_share;
    if (!rising || chances->size() > outbound_links_max) {
        return refuse(TopologyFault::impossible_value, **array,
                      fmt::format("'{}' is not a cumulative distribution; write up to {} numbers "
                                  "that never fall and end with 1",
                                  key, outbound_links_max));
    }
    for (const std::uint64_t chance : *chances) {
        model.outbound_links_cdf_ppm.push_back(static_cast<std::uint32_t>(chance));
    }
    return {};
}

Read<RegionModel> read_model(const toml::table& table) {
    RegionModel model;
    for (const auto read :
         {read_names, read_shares, read_latencies, read_bandwidths, read_outbound_links}) {
        if (auto done = read(table, model); !done) return unexpected(done.error());
    }
    return model;
}

}  // namespace

Result<RegionModel, TopologyError> regions_from_toml(std::string_view text) {
    try {
        return read_model(toml::parse(text));
    } catch (const toml::parse_error& error) {
        return unexpected(TopologyError{TopologyFault::malformed, error.source().begin.line,
                                        fmt::format("not TOML: {}", error.description())});
    }
}

}  // namespace bezant::sim
