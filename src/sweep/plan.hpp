// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "crypto/hash.hpp"

namespace bezant::sweep {

inline constexpr std::uint64_t cells_max = 100'000;
inline constexpr std::uint64_t runs_max = 10'000'000;

/// A key of the scenario that the plan sets for all runs, as one would write it in TOML.
struct Setting {
    std::string key;
    std::string value;

    friend bool operator==(const Setting&, const Setting&) = default;
};

/// What a key has in a cell: as one would write it in TOML, and as it is stored in results (whole
/// numbers; durations in seconds, amounts in BZT, shares; texts).
struct KeyValue {
    std::string written;
    std::variant<std::int64_t, double, std::string> stored;

    friend bool operator==(const KeyValue&, const KeyValue&) = default;
};

/// When a cell has enough runs.
struct StopRule {
    std::string measure;
    std::optional<double> half_width;           ///< at most so much to either side of the mean,
    std::optional<double> relative_half_width;  ///< or at most this part of it
    std::uint32_t seeds_min = 5;
};

/// Which runs a sweep consists of, and what is kept of them (docs/sweeps.md).
struct Plan {
    std::string name;
    std::string description;
    std::string scenario = "classroom";
    std::uint32_t seeds = 10;  ///< runs of each cell, at most
    std::int64_t first_seed = 1;
    std::vector<std::string> measures;         ///< empty: all
    std::vector<Setting> settings;             ///< for all runs
    std::vector<std::string> keys;             ///< that differ between cells
    std::vector<std::vector<KeyValue>> cells;  ///< values in the order of the keys
    std::optional<StopRule> stop;

    [[nodiscard]] std::uint64_t runs() const { return std::uint64_t{seeds} * cells.size(); }
    [[nodiscard]] std::int64_t seed_of(std::uint32_t number) const { return first_seed + number; }
    /// All that makes one of its runs what it is, the seed excepted.
    [[nodiscard]] std::vector<Setting> settings_of(std::uint32_t cell) const;
};

/// One run: the number-th of a cell.
struct Job {
    std::uint32_t cell = 0;
    std::uint32_t number = 0;

    friend auto operator<=>(const Job&, const Job&) = default;
};

/// SHA-256 over all that results follow from but the program: the plan without its name and
/// description, and `sources`, which stand for what was read besides, by cell.
[[nodiscard]] Hash256 hash_of(const Plan& plan, const std::vector<Hash256>& sources);

}  // namespace bezant::sweep
