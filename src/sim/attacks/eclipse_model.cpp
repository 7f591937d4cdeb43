// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/eclipse_model.hpp"

#include <algorithm>

namespace bezant::sim {

namespace {

/// By IEEE basic operations: what the exponent has beyond a whole number counts in proportion.
double power_near_one(double base, double exponent) {
    const auto whole = static_cast<std::uint64_t>(exponent);
    double product = 1;
    for (std::uint64_t i = 0; i < whole; ++i) product *= base;
    return product * (1 - (exponent - static_cast<double>(whole)) * (1 - base));
}

/// How many of so many are hit if each of so many throws hits any of them.
double expected_hits(double targets, double throws) {
    return targets * (1 - power_near_one(1 - 1 / targets, throws));
}

}  // namespace

double buckets_in_reach(const AddressBookLimits& limits, std::uint32_t groups) {
    const double of_one = expected_hits(limits.new_buckets_per_source_group, groups);
    return expected_hits(limits.new_buckets, groups * of_one);
}

double all_slots_odds(double share, std::size_t slots, std::uint32_t groups, std::size_t first) {
    double odds = 1;
    for (std::size_t taken = first; taken < slots; ++taken) {
        const double left = std::max(0.0, 1 - static_cast<double>(taken) / groups);
        const double his = share * left;
        odds *= his == 0 ? 0 : his / (his + 1 - share);
    }
    return odds;
}

}  // namespace bezant::sim
