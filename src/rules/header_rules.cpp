// SPDX-License-Identifier: Apache-2.0
#include "rules/header_rules.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"
#include "rules/asert.hpp"
#include "rules/refusal.hpp"

namespace bezant {

namespace {

constexpr std::uint32_t block_version = 1;

}  // namespace

CompactTarget next_target(const ParentContext& parent, const Parameters& parameters) {
    if (parameters.schedule == TargetSchedule::fixed) return parameters.target_limit;
    const AsertRule rule{.anchor = parameters.target_limit,
                         .limit = parameters.target_limit,
                         .ideal_seconds = parameters.block_interval_seconds,
                         .half_life_seconds = parameters.half_life_seconds};
    // Genesis has no parent: the specification then counts from the anchor's own time.
    const std::int64_t time_delta =
        std::int64_t{parent.time} - std::int64_t{parameters.genesis.header.time};
    return asert_target(rule, {.time_delta = time_delta, .height_delta = parent.height.value});
}

std::uint32_t median_time(std::span<const std::uint32_t> times) {
    CHECK(!times.empty(), "a median is taken over at least one block");
    CHECK(times.size() <= median_time_blocks, "a median is taken over at most 11 blocks");
    std::array<std::uint32_t, median_time_blocks> sorted{};
    const auto end = std::ranges::copy(times, sorted.begin()).out;
    std::sort(sorted.begin(), end);
    return sorted[times.size() / 2];
}

Result<void, Rejection> check_header_work(const BlockHeader& header, const Parameters& parameters) {
    if (header.version != block_version)
        return refuse(Reason::unknown_block_version, shown(header.version), shown(block_version));
    const auto target = target_from_compact(header.target);
    if (!target) {
        return refuse(Reason::malformed_target, shown(header.target),
                      "the canonical form of a positive number");
    }
    if (parameters.proof_of_work == ProofOfWork::searched) {
        const BlockHash hash = block_hash(header);
        if (!meets_target(hash, *target))
            return refuse(Reason::insufficient_work, "hash " + shown(hash),
                          "at most " + to_hex_reversed(target->to_little_endian()));
    }
    const auto limit = target_from_compact(parameters.target_limit);
    CHECK(limit, "a network's easiest target is well formed");
    if (*target > *limit) {
        return refuse(Reason::wrong_target, shown(header.target),
                      "no easier than " + shown(parameters.target_limit));
    }
    return {};
}

Result<void, Rejection> check_header_on_parent(const BlockHeader& header,
                                               const ParentContext& parent,
                                               const Parameters& parameters) {
    const CompactTarget target = next_target(parent, parameters);
    if (header.target != target)
        return refuse(Reason::wrong_target, shown(header.target), shown(target));
    if (header.time <= parent.median_time_past) {
        return refuse(Reason::time_too_early, shown(header.time),
                      "above " + shown(parent.median_time_past));
    }
    return {};
}

Result<void, Rejection> check_header_clock(const BlockHeader& header, Time now,
                                           const Parameters& parameters) {
    const std::int64_t latest = unix_seconds(now) + std::int64_t{parameters.future_seconds_max};
    if (std::int64_t{header.time} > latest) {
        return refuse(Reason::time_too_late, shown(header.time),
                      "at most " + std::to_string(latest));
    }
    return {};
}

}  // namespace bezant
